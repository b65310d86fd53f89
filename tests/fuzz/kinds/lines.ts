import { isDeepStrictEqual } from "node:util";
import * as fc from "fast-check";
import type { BinderChannel, ChannelEvents } from "../../../harness/binder/channel.ts";
import { BinderLost, type StartBinder } from "../../../harness/binder-client/binder-process.ts";
import { relayBinders } from "../../../harness/binder-client/relayed-binders.ts";
import { findAddresses } from "../../../harness/experiments/addresses.ts";
import { startPair } from "../../../harness/trial/pair.ts";
import { performTrials } from "../../../harness/trial/perform.ts";
import type { TrialResult } from "../../../harness/trial/trial.ts";
import { sampleEndpoint, sampleExperiment } from "../../samples/experiment.ts";
import type { FuzzKind, Taken } from "../kind.ts";
import { spoiltOnce } from "../spoil.ts";
import { createStandIn } from "../stand-in.ts";

const SECOND = sampleEndpoint({ options: ["SO_REUSEADDR"] });
const EXPERIMENT = sampleExperiment({ first: SECOND, second: SECOND });
const ADDRESSES = findAddresses([], "linux");
const HONEST = { kind: "error", step: "bind", code: "EADDRINUSE", errno: 98 };

/** What comes instead of one line; the text is what a whole corpus file holds. */
interface Spoilt {
  /** Which line of all: greetings first. */
  readonly at: number;
  /** Null: nothing comes. */
  readonly lines: readonly string[];
}

// Of another type than any that is asked for, and one change alone: a lie that is well formed would be believed.
const OF_NO_TYPE = [null, true, [true], { more: null }, [[]], -1, 1.5, 2 ** 53];
const NO_WORDS = ["\u0000", "]", "{", '"', "\t", "\\", ",", "\u001b[2J", "\ufeff", "["];

/** Lines of binders, and of a host that passes them on; one is replaced by none, or by others. */
export async function lineKinds(): Promise<FuzzKind[]> {
  return [
    await kindOf("binder-lines", "lines of binders", (speech) => {
      const held = new Map<string, number>();
      const start: StartBinder = (events) => speak(events, createStandIn(held), speech);
      return startPair({ start, startAsOther: start });
    }),
    await kindOf("host-lines", "lines of a host that binders are started on", (speech) => {
      const relay = relayBinders((events) => passOn(events, speech));
      const { start, startAsOther } = relay;
      return startPair({ start, startAsOther });
    }),
  ];
}

/** How binders speak. */
interface Speech {
  /** What comes instead of a line. */
  readonly vice: (line: string) => readonly string[];
  /** When what has not come is given up. */
  readonly timeoutMs: number;
}

type StartSpeaking = (speech: Speech) => ReturnType<typeof startPair>;

// All is in this process: what has not come by then seldom does.
const SPOILT_MS = 20;
// Nothing that an honest pair says may be missed, however busy the machine is.
const HONEST_MS = 20_000;

async function kindOf(name: string, what: string, start: StartSpeaking): Promise<FuzzKind> {
  const honest = await honestLines(start);
  return {
    name,
    what,
    share: 5,
    texts: spoiltLines(honest),
    async take(text) {
      const { at, lines } = JSON.parse(text) as Spoilt;
      let number = 0;
      const vice: Speech["vice"] = (line) => (number++ === at ? lines : [line]);
      return judge(await measure(start, { vice, timeoutMs: SPOILT_MS }));
    },
  };
}

/** Every line that a pair says in an experiment without a vice. */
async function honestLines(start: StartSpeaking): Promise<readonly string[]> {
  const lines: string[] = [];
  const vice: Speech["vice"] = (line) => {
    lines.push(line);
    return [line];
  };
  if (judge(await measure(start, { vice, timeoutMs: HONEST_MS })) === "refused")
    throw new Error("an honest pair is refused");
  return lines;
}

function spoiltLines(lines: readonly string[]): fc.Arbitrary<string> {
  return fc
    .nat(Math.max(0, lines.length - 1))
    .chain((at) => {
      const line = lines[at] ?? "";
      const [, number = "", json = line] = /^(\d+ )?(.*)$/s.exec(line) ?? [];
      const tree = spoiltOnce(parse(json), OF_NO_TYPE).map((value) => [
        number + JSON.stringify(value),
      ]);
      const text = fc
        .tuple(fc.nat(line.length), fc.constantFrom(null, ...NO_WORDS))
        .map(([place, more]) => [
          line.slice(0, place) + (more === null ? "" : more + line.slice(place)),
        ]);
      const others = fc.array(
        fc.constantFrom(...lines, "", "9 ! gone", "1 ! gone", "1 ? words", "0 x", "{}"),
        { maxLength: 3 },
      );
      return fc
        .oneof(
          { weight: 3, arbitrary: tree },
          text,
          others,
          others.map((more) => [...more, line]),
        )
        .map((said) => ({ at, lines: said }));
    })
    .map((spoilt) => JSON.stringify(spoilt));
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return json;
  }
}

async function measure(start: StartSpeaking, speech: Speech): Promise<TrialResult | BinderLost> {
  const { timeoutMs } = speech;
  const pair = start(speech);
  const trial = {
    experiment: EXPERIMENT,
    addresses: ADDRESSES,
    port: 5150,
    otherPort: () => 5151,
    peerPort: null,
    system: "linux",
  };
  try {
    await pair.hello;
    const [result] = await performTrials([trial], {
      pair,
      timeoutMs,
      unreadable: [],
      waiting: (wait) => wait,
    });
    if (!result) throw new Error("a trial without a result");
    return result;
  } catch (error) {
    if (error instanceof BinderLost) return error;
    throw error;
  } finally {
    pair.end();
  }
}

/** An experiment is measured right, or it is broken, or its binder is lost. */
function judge(result: TrialResult | BinderLost): Taken {
  if (result instanceof BinderLost || !result.counts || result.outcome.kind === "broken")
    return "refused";
  if (!isDeepStrictEqual(result.outcome, HONEST))
    throw new Error(`a wrong outcome: ${JSON.stringify(result.outcome)}`);
  return "accepted";
}

/** One binder at the end of its channel. It ends when its greeting was not one, as a program that failed does. */
function speak(
  events: ChannelEvents,
  { hello, answer }: ReturnType<typeof createStandIn>,
  { vice, timeoutMs }: Speech,
): BinderChannel {
  let isOver = false;
  const say = (line: string): void => {
    for (const each of vice(line)) if (!isOver) events.onText(`${each}\n`);
  };
  const end = (): void => {
    if (isOver) return;
    isOver = true;
    events.onEnd("ended by itself (exit 1)");
  };
  setImmediate(() => {
    say(hello);
    setTimeout(end, timeoutMs * 10).unref();
  });
  return {
    write: (text) => setImmediate(() => say(answer(text))),
    kill: () => (isOver = true),
  };
}

/** A host: one channel, whose binder starts the others and passes their lines on. */
function passOn(events: ChannelEvents, { vice, timeoutMs }: Speech): BinderChannel {
  const held = new Map<string, number>();
  const members = new Map<string, BinderChannel>();
  let isOver = false;
  const say = (line: string): void => {
    for (const each of vice(line)) if (!isOver) events.onText(`${each}\n`);
  };
  const startMember = (number: string): void => {
    const own: ChannelEvents = {
      onText: (text) => say(`${number} ${text.trimEnd()}`),
      onWords: () => undefined,
      onEnd: (how) => say(`${number} ! ${how}`),
    };
    const honest: Speech = { vice: (line) => [line], timeoutMs };
    members.set(number, speak(own, createStandIn(held), honest));
  };
  setImmediate(() => {
    say(createStandIn(held, true).hello);
    setTimeout(() => {
      if (!isOver) events.onEnd("ended by itself (exit 1)");
      isOver = true;
    }, timeoutMs * 10).unref();
  });
  return {
    write(text) {
      const [, number = "", rest = ""] = /^(\d+) (.*)$/s.exec(text) ?? [];
      if (rest.startsWith("+")) startMember(number);
      else if (rest.startsWith("-")) members.get(number)?.kill();
      else members.get(number)?.write(rest);
    },
    kill: () => (isOver = true),
  };
}
