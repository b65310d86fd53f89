import type { Platform } from "../model/platform.ts";
import type { Attempt, Share, Way } from "./attempts/attempt.ts";
import type { Relation } from "./coverage.ts";
import type { Listener } from "./listener.ts";
import type { Protocol } from "../model/vocabulary.ts";

/** What was tried on one port while it was held, and the outcomes: observations only. */
export interface AuditedPort {
  readonly protocol: Protocol;
  readonly port: number;
  readonly listeners: readonly ObservedListener[];
  readonly attempts: readonly Attempt[];
}

/** A listener, and what was found out about it while its port was tried. */
export interface ObservedListener extends Listener {
  /** Whether an IPv6 wildcard takes IPv4 traffic too; null where that could not be told. */
  readonly takesIpv4: boolean | null;
  /** Its address is none of this machine, so that nothing is sent to it. */
  readonly isForeign: boolean;
  /** Where sockets of other processes hold the same port. */
  readonly beside: readonly string[];
  /** It was no longer held when all had been tried. */
  readonly isGone: boolean;
  /** Who tried: an account's name, or why none did. */
  readonly accounts: Readonly<Record<Way["account"], AccountNote>>;
}

export type AccountNote = { readonly name: string } | { readonly problem: string };

/** What is true of a listener: the worst that was found. */
export type AuditVerdict = "exclusive" | "shared-by-design" | "hijackable" | "undecided";

/** A way in that matters to a listener. */
export interface Finding extends Way {
  readonly relation: Relation;
  /** Only by an option that the server has set to be shared, and that admits its own account alone. */
  readonly isInvited: boolean;
  /** Every member of a multicast group gets a copy of a datagram: the server loses nothing. */
  readonly isCopy: boolean;
  /** Per address of the listener; null without a census, empty where it did not answer. */
  readonly shares: readonly Share[] | null;
  /** Options that, set besides, give it all. */
  readonly orAllWith: readonly string[];
}

/** A listener with what was judged. */
export interface JudgedListener extends ObservedListener {
  readonly verdict: AuditVerdict;
  /** What could not be decided, in sentences. */
  readonly open: readonly string[];
  /** What else its owner should know, in sentences; no part of the verdict. */
  readonly notes: readonly string[];
  readonly findings: readonly Finding[];
  /** How many of the tried addresses are all its own, the mapped forms of IPv4 ones left out. */
  readonly addresses: number;
  /** What the program runs on, where it is recognised by its name. */
  readonly runtime: string | null;
  readonly advice: readonly Advice[];
}

/** What closes a way in, and where that is said. */
export interface Advice {
  readonly text: string;
  /** The same in a few words. */
  readonly brief: string;
  readonly source: { readonly title: string; readonly url: string };
}

/** The whole of an audit, as `--reporter json` writes it. */
export interface AuditReport {
  readonly version: 1;
  readonly harness: string;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly durationMs: number;
  readonly platform: Platform;
  /** Name and version of the system. */
  readonly os: string;
  readonly options: readonly string[];
  /** The command that was started; null when what runs already was audited. */
  readonly command: readonly string[] | null;
  /** The port that was asked for; null for all. */
  readonly port: number | null;
  /** What the audit could not see, in sentences. */
  readonly unseen: readonly string[];
  /** How much was sent to each address; null without a census. */
  readonly census: number | null;
  readonly listeners: readonly JudgedListener[];
  readonly attempts: readonly Attempt[];
}
