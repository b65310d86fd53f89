/** A program that speaks the binder protocol. */
export interface BinderCommand {
  readonly file: string;
  readonly arguments: readonly string[];
  /** A program of the user's, which may need all of this process's environment. */
  readonly isUsers?: true;
}

/** The way to a binder, whatever it is made of. */
export interface BinderChannel {
  /** Whole lines, each with its line feed. */
  write(text: string): void;
  /** Ends the binder now. */
  kill(): void;
  /** How much longer than on this machine an answer may take to come, in milliseconds. */
  readonly delayMs?: () => number;
}

/** What comes back. */
export interface ChannelEvents {
  /** Part of what the binder writes to its output. */
  onText(chunk: string): void;
  /** Free text that helps when the binder is lost. */
  onWords(chunk: string): void;
  /** The binder has ended, after its last text: how. */
  onEnd(how: string): void;
}

/** How `onText` gets bytes: as text, or one character a byte (`latin1`) for passing them on unread. */
export type ChannelEncoding = "utf8" | "latin1";
