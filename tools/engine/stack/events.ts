import { existsSync, readFileSync } from "node:fs";
import type { StateResource } from "./state.ts";

/** A step of the engine. */
export interface Step {
  /** Such as "create", "same", "update", "create-replacement", "refresh" or "delete". */
  readonly op: string;
  readonly urn: string;
  /** Inputs that differ, as the provider named them. */
  readonly diffs: readonly string[];
  /** What the resource becomes; undefined for a delete. Secrets are "[secret]", and unknown values are the placeholder. */
  readonly state: StateResource | undefined;
}

/** A finding of the policy pack. */
interface Finding {
  readonly policy: string;
  readonly urn: string;
  readonly message: string;
  readonly mandatory: boolean;
}

/** What the engine did in one run. */
export interface Events {
  readonly steps: readonly Step[];
  readonly findings: readonly Finding[];
  /** Messages for people, without debug messages. */
  readonly messages: readonly { readonly severity: string; readonly urn: string; readonly text: string }[];
}

interface StepMetadata {
  readonly op: string;
  readonly urn: string;
  readonly diffs?: readonly string[] | null;
  readonly new?: StateResource | null;
}

interface Event {
  readonly resourcePreEvent?: { readonly metadata: StepMetadata };
  readonly policyEvent?: {
    readonly policyName: string;
    readonly resourceUrn?: string;
    readonly message: string;
    readonly enforcementLevel: string;
  };
  readonly diagnosticEvent?: { readonly severity: string; readonly urn?: string; readonly message: string };
}

/** Reads the event log of a run, one event a line. */
export function readEvents(file: string): Events {
  const text = existsSync(file) ? readFileSync(file, "utf8") : "";
  const events = text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => JSON.parse(line) as Event);
  return {
    steps: events.flatMap(({ resourcePreEvent: pre }) => (pre ? [toStep(pre.metadata)] : [])),
    findings: events.flatMap(({ policyEvent: found }) =>
      found
        ? [
            {
              policy: found.policyName,
              urn: found.resourceUrn ?? "",
              message: plain(found.message),
              mandatory: found.enforcementLevel === "mandatory",
            },
          ]
        : [],
    ),
    messages: events.flatMap(({ diagnosticEvent: said }) =>
      said && said.severity !== "debug"
        ? [{ severity: said.severity, urn: said.urn ?? "", text: plain(said.message) }]
        : [],
    ),
  };
}

function toStep({ op, urn, diffs, new: state }: StepMetadata): Step {
  return { op, urn, diffs: diffs ?? [], state: state ?? undefined };
}

/** The engine marks colours in its messages. */
function plain(text: string): string {
  return text.replaceAll(/<\{%[^%]*%\}>/g, "").trim();
}
