import { Settings } from "typebox/system";
import { mostErrorsShown, Problem, type ProblemDetail } from "./problem.ts";

// An unknown member counts twice; see below.
Settings.Set({ maxErrors: 2 * mostErrorsShown });

const textRule = "must be well-formed Unicode without NUL; a title needs a visible character";

/** One error that a schema has found. */
interface SchemaFinding {
  readonly keyword: string;
  readonly instancePath: string;
  readonly message?: string | undefined;
  readonly params: Readonly<Record<string, unknown>>;
}

/** The refusal of a request that does not match its schema. `name` translates a pointer into the name the caller knows. */
export function schemaProblem(
  findings: readonly SchemaFinding[],
  name: (pointer: string) => string,
): Problem {
  const errors = findings.flatMap(({ keyword, instancePath, message, params }): ProblemDetail[] => {
    // An unknown member is reported twice: by its own pointer, and in a list for the object, which may be incomplete.
    if (keyword === "additionalProperties") return [];
    if (keyword === "boolean") return [{ pointer: name(instancePath), detail: "is not known here" }];
    const missing = params.requiredProperties;
    if (Array.isArray(missing)) {
      return missing.map((member) => ({
        pointer: name(`${instancePath}/${String(member)}`),
        detail: "is required",
      }));
    }
    // A pattern tells a caller nothing. All of ours are about text.
    if (keyword === "pattern") return [{ pointer: name(instancePath), detail: textRule }];
    return [{ pointer: name(instancePath), detail: message ?? "is not valid" }];
  });
  return new Problem("invalid-request", "the request does not fit its schema", { errors });
}
