// What a program may import from "bindcheck": a run, and the types of the result stream and of what it is made of.
export { InputError } from "./model/problem.ts";
export type { Claim, ClaimSource, Document, ExpectedOutcome } from "./model/claim.ts";
export { run, type Run } from "./run.ts";
export type { RunQuery } from "./run-query.ts";
export type { Endpoint, EndpointPair, Experiment } from "./model/experiment.ts";
export type { Scenario } from "./model/scenario.ts";
export type { ScenarioStep } from "./model/steps.ts";
export type {
  EndpointEvidence,
  Evidence,
  Observation,
  Outcome,
  StepObservation,
} from "./model/observation.ts";
export { RESULT_VERSION } from "./results/result-version.ts";
export type {
  Line,
  ObservationLine,
  RunLine,
  SummaryLine,
  TargetLine,
  TargetProblemLine,
  VerdictLine,
} from "./results/line.ts";
export type { Verdict, VerdictWord } from "./model/verdict.ts";
