/** What every preparation needs from the run that asks for it. */
export interface Preparation {
  readonly signal: AbortSignal;
  readonly say: (sentence: string) => void;
}
