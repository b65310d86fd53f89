import { readFileSync } from "node:fs";
import path from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";
import type { AuditReport, JudgedListener } from "../../harness/audit/audit-report.ts";
import { findProgram } from "../../runners/find-program.ts";
import { netnsRunner } from "../../runners/netns.ts";
import { makeFolder, PROGRAM } from "../program/bindcheck.ts";
import { CORNERS, MORE, type Spec } from "./matrix/servers.ts";

const isPossible =
  process.geteuid?.() === 0 &&
  (await netnsRunner().availability()).here &&
  (await findProgram("python3")) !== null;
// All of them take minutes: npm run audit:whole.
const specs = process.env["BINDCHECK_WHOLE"] === undefined ? CORNERS : [...CORNERS, ...MORE];

interface Way {
  readonly letters: string;
  readonly device: string | null;
  readonly address: string;
  readonly connects: boolean;
  readonly isOwn: boolean;
  readonly share: number | null;
}

interface Attack {
  readonly same: readonly Way[];
  readonly other: readonly Way[];
  readonly steered: number | null;
}

/** What is compared: the verdict, the most that each account gets, and whether a member of the group can get all. */
interface Answer {
  readonly verdict: string;
  readonly same: string;
  readonly other: string;
  readonly canSteer: boolean;
}

test.runIf(isPossible)(
  `What an audit says of ${specs.length} servers is what an attack gets, and nothing leaves the machine.`,
  { timeout: 600_000 },
  async () => {
    const folder = await makeFolder();
    const asked = specs.map((spec, index) => ({
      port: 7000 + index,
      ...spec,
      ...(spec.peer && { peer_port: 9000 + index }),
    }));
    const script = path.join(import.meta.dirname, "matrix/run.py");
    const words = [script, process.execPath, PROGRAM, folder, JSON.stringify(asked)];
    await execa("unshare", ["--net", "python3", ...words]);
    const read = (name: string): unknown =>
      JSON.parse(readFileSync(path.join(folder, `${name}.json`), "utf8"));
    const { leaked, attack } = read("attack") as { leaked: string[]; attack: Attack[] };
    expect(leaked).toEqual([]);
    const counted = read("counted") as AuditReport;
    const silent = read("silent") as AuditReport;
    const isAsked = ({ protocol, port }: JudgedListener, index: number): boolean =>
      protocol === asked[index]?.protocol && port === asked[index].port;
    const rows = asked.map((spec, index) => ({ spec: JSON.stringify(spec), index }));
    const told = rows.map(({ spec, index }) => {
      const listener = counted.listeners.find((each) => isAsked(each, index));
      const quiet = silent.listeners.find((each) => isAsked(each, index));
      return { spec, ...(listener && auditAnswer(listener)), silent: quiet?.verdict };
    });
    const got = rows.map(({ spec, index }) => {
      const answer = attackAnswer(asked[index]!, attack[index]!);
      return {
        spec,
        ...answer,
        silent: told[index]?.silent === "undecided" ? "undecided" : answer.verdict,
      };
    });
    expect(told).toEqual(got);
  },
);

function auditAnswer({ verdict, findings, isForeign }: JudgedListener): Answer {
  const mostOf = (account: "same" | "other"): string =>
    most(
      findings
        .filter((finding) => finding.account === account)
        .map(({ shares }) => {
          const counted = shares?.filter(({ sent, problem }) => sent > 0 && !problem) ?? [];
          const single = counted.filter((share) => share.interface === undefined);
          const own = single.length > 0 ? single : counted;
          const sum = (of: "taken" | "sent"): number =>
            own.reduce((all, share) => all + share[of], 0);
          return own.length === 0 ? null : sum("taken") / sum("sent");
        }),
    );
  const canSteer = !isForeign && findings.some(({ orAllWith }) => orAllWith.length > 0);
  return { verdict, same: mostOf("same"), other: mostOf("other"), canSteer };
}

/** What the same words mean for what the attack program saw. */
function attackAnswer(spec: Spec, { same, other, steered }: Attack): Answer {
  const isGroup = spec.join !== undefined && spec.address !== "0.0.0.0";
  // A wildcard socket of the group's version of IP gets copies unless it is bound to another interface.
  const wildcards = spec.address.includes(":") ? ["::"] : ["0.0.0.0", "::", "::ffff:0.0.0.0"];
  const isIn = ({ isOwn, share, address, device }: Way): boolean =>
    isOwn || (share ?? 0) > 0 || (isGroup && device === null && wildcards.includes(address));
  const [inSame, inOther] = [same.filter(isIn), other.filter(isIn)];
  const isInvited = ({ letters }: Way): boolean => letters === "P";
  const smallest = inSame.filter(
    (way) =>
      way.letters !== "RP" ||
      !inSame.some(
        (each) =>
          each.letters.length < 2 && each.address === way.address && each.device === way.device,
      ),
  );
  const uninvited = smallest.filter((way) => !isInvited(way)).length + inOther.length;
  const verdict =
    inSame.length + inOther.length === 0
      ? "exclusive"
      : isGroup || uninvited === 0
        ? "shared-by-design"
        : "hijackable";
  const without = (ways: readonly Way[]): Way[] =>
    ways.filter(({ device }) => device === null || spec.device !== undefined);
  const sharesOf = (ways: readonly Way[]) => without(ways).map(({ share }) => share);
  const group = without(inSame).filter(({ letters }) => letters === "P");
  const hasPart = group.some(({ share }) => share !== null && share < 1);
  const byDevice =
    spec.device === undefined &&
    inSame.some(({ letters, device, share }) => letters === "P" && device !== null && share === 1);
  return {
    verdict,
    same: most(sharesOf(inSame)),
    other: most(sharesOf(inOther)),
    canSteer: !isGroup && hasPart && (steered === 1 || byDevice),
  };
}

function most(shares: readonly (number | null)[]): string {
  if (shares.length === 0) return "is kept out";
  const counted = shares.filter((share) => share !== null);
  if (counted.length === 0) return "gets in";
  const best = Math.max(...counted);
  return best > 0.99 ? "takes all" : best > 0 ? "takes a part" : "takes none";
}
