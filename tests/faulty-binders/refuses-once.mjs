// Vice: once, by the first process to make FILE, every socket of a reply is refused of which some are: as where other
// programs have their ports for a moment.
import { closeSync, openSync } from "node:fs";

const [, , file] = process.argv;
const refused = { errno: 98, code: "EADDRINUSE", call: "bind" };
const write = process.stdout.write.bind(process.stdout);
process.stdout.write = (line) => {
  const { id, results } = JSON.parse(line);
  const isRefused = ({ code, call }) => code === refused.code && call === refused.call;
  if (!results?.flat().some(isRefused) || !isFirstToMake()) return write(line);
  const refuse = (result) => ("port" in result ? { ...refused, options: result.options } : result);
  return write(`${JSON.stringify({ id, results: results.map((own) => own.map(refuse)) })}\n`);
};
await import("../../dist/binder.cjs");

function isFirstToMake() {
  try {
    closeSync(openSync(file, "wx"));
    return true;
  } catch {
    return false;
  }
}
