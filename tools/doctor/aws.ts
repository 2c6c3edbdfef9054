import type { Ask, Finding } from "./types.ts";
import { unknown } from "./types.ts";

/** Questions to the account by the AWS CLI. */
export interface Aws {
  /** What a command prints, trimmed; undefined when it fails. */
  readonly text: (command: string) => string | undefined;
  /** The same as JSON. */
  readonly json: (command: string) => unknown;
  /** Whether a command succeeds. `denied` when AWS refuses the question itself, so that nothing is known. */
  readonly exists: (command: string) => "yes" | "no" | "denied";
}

export function awsBy(ask: Ask): Aws {
  const call = (command: string) => ask("aws", command.split(" "));
  const text = (command: string): string | undefined => {
    const answer = call(command);
    return answer?.status === 0 ? answer.stdout.trim() : undefined;
  };
  return {
    text,
    json: (command) => {
      try {
        return JSON.parse(text(command) ?? "") as unknown;
      } catch {
        return undefined;
      }
    },
    exists: (command) => {
      const answer = call(command);
      if (answer?.status === 0) return "yes";
      return /AccessDenied|UnauthorizedOperation|not authorized/i.test(answer?.stderr ?? "")
        ? "denied"
        : "no";
    },
  };
}

/** The finding for a question that AWS refused to answer. */
export function refused(what: string, command: string): Finding {
  const [service, action] = command.split(" ");
  return unknown(
    what,
    `AWS refuses \`aws ${service} ${action}\``,
    "assume the operator role, or a role that reads the settings of the account",
  );
}
