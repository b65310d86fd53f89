import { existsSync } from "node:fs";
import path from "node:path";
import type { TeamConfig } from "./team-config.ts";

/** A team's file as commands use it: its paths are as seen from the working directory. */
export interface Team extends Pick<TeamConfig, "targets" | "fleets"> {
  /** Where it was read from; undefined where there is none. */
  readonly file: string | undefined;
  /** What `--reporter` takes; none for the usual ones. */
  readonly reporters: readonly string[];
  readonly out: string | undefined;
  /** Files of known deviations and folders of them, or `none`. */
  readonly known: readonly string[];
}

/** Reads the team's file: the one that is named, else that of the working directory. Throws InputError. */
export async function readTeam(named: string | undefined): Promise<Team> {
  const file = named ?? (existsSync(CONFIG_FILE) ? CONFIG_FILE : undefined);
  if (file === undefined) return NO_TEAM;
  // The YAML parser takes long to load: only a run that has such a file needs it.
  const config = (await import("./read-team-config.ts")).readTeamConfig(file);
  const { out, reporters = [] } = config;
  const place = (name: string): string => besideTeam({ file }, name);
  const beside = [place(KNOWN_FOLDER)].filter((folder) => existsSync(folder));
  return {
    ...config,
    file,
    reporters: reporters.map((text) => placeReport(text, place)),
    out: out === undefined ? undefined : place(out),
    known: config.known?.map((name) => (name === "none" ? name : place(name))) ?? beside,
  };
}

const NO_TEAM: Team = {
  file: undefined,
  targets: {},
  fleets: {},
  reporters: [],
  out: undefined,
  known: [],
};
const CONFIG_FILE = "bindcheck.config.yaml";
const KNOWN_FOLDER = "known-deviations";

/** A path that a team's file names, as seen from the working directory. */
export function besideTeam({ file = "" }: Pick<Team, "file">, name: string): string {
  return path.isAbsolute(name) ? name : path.join(path.dirname(file), name);
}

/** `NAME=PATH` with its path in place; `-` is standard output. */
function placeReport(text: string, place: (name: string) => string): string {
  const [name = "", ...rest] = text.split("=");
  const file = rest.join("=");
  return file === "" || file === "-" ? text : `${name}=${place(file)}`;
}
