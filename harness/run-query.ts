/** What to measure and how; everything may be left out, as on the command line. */
export interface RunQuery {
  /** Case files and folders of them; all of the package's own where none is named. */
  readonly files?: readonly string[];
  /** Targets: `local` unless told. */
  readonly on?: readonly string[];
  /** A team's file: names for targets, and known deviations; the one of the working directory unless it is named. */
  readonly config?: string;
  /** Part of an experiment's id, or `/regex/`. */
  readonly filter?: readonly string[];
  readonly protocol?: readonly ("tcp" | "udp")[];
  readonly family?: readonly ("ipv4" | "ipv6" | "dual")[];
  /** Ids of documents. */
  readonly document?: readonly string[];
  /** `I/N`: the I-th of N parts of the experiments. */
  readonly shard?: string;
  /** Documents of other versions of a platform are measured too, and not judged. */
  readonly allVersions?: boolean;
  /**
   * Files of known deviations, or folders of them, beside those that come with this package; `none` leaves these out.
   */
  readonly known?: string | readonly string[];
  /** File of ids of experiments that are left out, one a line. */
  readonly except?: string;
  /** Results of the same run, which was cut off: it goes on where it stopped. */
  readonly resume?: string;
  /** What every target must have, such as `other-account`, and which targets there must be, such as `wine`. */
  readonly require?: readonly string[];
  /** Most pairs of binders at once. */
  readonly jobs?: number;
  /** Fresh binders for every experiment. */
  readonly isolate?: boolean;
  /** How often an observation that contradicts a claim is repeated. */
  readonly confirm?: number;
  /** Deadline of one exchange with a binder, in milliseconds. */
  readonly timeoutMs?: number;
  readonly ports?: readonly [from: number, to: number];
  readonly failOnSkip?: boolean;
  /** Ends the run when it is aborted. */
  readonly signal?: AbortSignal;
}
