import { nearest, withoutUserInfo } from "@task-platform/contracts";
import { type Problem, platform } from "../../components/base/core/index.ts";
import { operatorRoleArn } from "../names.ts";
import { type ConfigKey, configKeys, keyAt, type Reader, type StackConfig } from "./config-keys.ts";

/** Configuration as the CLI passes it: every value is a text, by key without the namespace. */
export type RawConfig = Readonly<Record<string, string>>;

/** The result of reading a stack file. */
export interface ConfigReading {
  /** Every readable value, even if there are problems, so that further checks can report everything at once. */
  readonly values: Partial<StackConfig>;
  readonly config?: StackConfig;
  readonly problems: readonly Problem[];
}

/** Most characters of a value that a message repeats. */
const shownLength = 80;

/**
 * Reads every key and reports every problem: missing, misspelt, of a wrong type, of another account.
 *
 * @param source The stack file that the message names.
 * @param encrypted Keys whose values the stack file holds encrypted.
 */
export function readStackConfig(raw: RawConfig, source: string, encrypted: readonly string[]): ConfigReading {
  const read: Partial<Record<ConfigKey, unknown>> = {};
  const problems: Problem[] = [];
  const strangers = Object.keys(raw).filter((key) => !Object.hasOwn(configKeys, key));
  for (const [key, reader] of Object.entries(configKeys) as [ConfigKey, Reader<unknown>][]) {
    const text = raw[key];
    // `Pulumi.yaml` gives optional keys an empty default.
    if (reader.optional && ["", "[]"].includes(text ?? "")) continue;
    if (text === undefined) {
      // A misspelt key is reported once, as misspelt, and not again as missing.
      if (!strangers.some((stranger) => meantBy(stranger) === key)) {
        problems.push(missing(key, reader, source));
      }
      continue;
    }
    const wrongly = encryptionProblem(key, reader, encrypted.includes(key), source);
    const value = wrongly === undefined && isPlannedSecret(key, text) ? text : reader.read(text);
    if (wrongly !== undefined) problems.push(wrongly);
    else if (value === undefined) problems.push(illTyped(key, text, reader, source));
    else read[key] = value;
  }
  const values = read as Partial<StackConfig>;
  problems.push(...strangers.map((key) => stranger(key, source)), ...accountProblems(values, source));
  return problems.length === 0 ? { values, config: values as StackConfig, problems } : { values, problems };
}

function missing(key: ConfigKey, reader: Reader<unknown>, source: string): Problem {
  return {
    argument: keyAt(key, source),
    given: "nothing",
    allowed: reader.allowed,
    fix: `add it, such as ${reader.such}`,
  };
}

/** Whether a tool without the key that decrypts put this text in place of an encrypted value. */
function isPlannedSecret(key: ConfigKey, text: string): boolean {
  return text === `planned-secret-of-${platform.name}:${key}`;
}

/** What is wrong when a secret is written in clear text, or when anything else is encrypted. */
function encryptionProblem(
  key: ConfigKey,
  reader: Reader<unknown>,
  encrypted: boolean,
  source: string,
): Problem | undefined {
  if (encrypted === (reader.secret ?? false)) return undefined;
  const argument = keyAt(key, source);
  const [, stack = ""] = /^Pulumi\.(.+)\.yaml$/.exec(source) ?? [];
  return encrypted
    ? {
        argument,
        given: "an encrypted value",
        allowed: `${reader.allowed}; in clear text, because tools plan without the key that decrypts`,
        fix: `pulumi config set ${key} <value> --stack ${stack}`,
      }
    : {
        argument,
        given: "a secret in clear text",
        allowed: "an encrypted value",
        fix: `take a new value, because everybody who can read the file knows this one: pulumi config set --secret ${key} <new value> --stack ${stack}`,
      };
}

function illTyped(key: ConfigKey, text: string, reader: Reader<unknown>, source: string): Problem {
  const safe = withoutUserInfo(text);
  const shown = safe.length > shownLength ? `${safe.slice(0, shownLength)}…` : safe;
  return {
    argument: keyAt(key, source),
    given: reader.secret ? `a secret of ${text.length} characters` : JSON.stringify(shown),
    allowed: reader.allowed,
    fix: `write it like ${reader.such}`,
  };
}

/** The key that an unknown one is probably a misspelling of. One under another namespace comes with that. */
function meantBy(stranger: string): string | undefined {
  const [key = ""] = stranger.split(":").toReversed();
  return nearest(key, Object.keys(configKeys));
}

function stranger(key: string, source: string): Problem {
  const meant = meantBy(key);
  const foreign = key.includes(":");
  return {
    argument: foreign ? `${key} (${source})` : keyAt(key, source),
    given: foreign ? "a key under another namespace" : "an unknown key",
    allowed: Object.keys(configKeys).join(", "),
    fix: meant ? `did you mean ${platform.name}:${meant}?` : "remove it",
  };
}

function accountProblems(values: Partial<StackConfig>, source: string): Problem[] {
  const { accountId, deployRoleArn, breakGlassRoleArn } = values;
  const problems: Problem[] = [];
  const operator = operatorRoleArn(accountId ?? "");
  for (const [key, arn] of Object.entries({ deployRoleArn, breakGlassRoleArn })) {
    if (arn !== operator) continue;
    problems.push({
      argument: keyAt(key, source),
      given: arn,
      allowed: "another role than the operator role of `npm run bootstrap`",
      fix: "name the role of the pipeline or of emergencies; the operator role is an administrator without being named",
    });
  }
  for (const [key, arn] of Object.entries({ deployRoleArn, breakGlassRoleArn })) {
    if (accountId === undefined || arn === undefined || arn.split(":")[4] === accountId) continue;
    problems.push({
      argument: keyAt(key, source),
      given: arn,
      allowed: `a role in the account of the stack, ${accountId}`,
      fix: "name a role of this account; a role of another account cannot be an administrator of the cluster",
    });
  }
  if (deployRoleArn !== undefined && deployRoleArn === breakGlassRoleArn) {
    problems.push({
      argument: keyAt("breakGlassRoleArn", source),
      given: "the same role as deployRoleArn",
      allowed: "two different roles",
      fix: "name a second role, so that people have access when the deploy role is the problem",
    });
  }
  return problems;
}
