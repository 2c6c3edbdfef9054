import { type Ask, type Finding, ok, problem, unknown } from "./types.ts";

interface Program {
  readonly name: string;
  readonly version: readonly [command: string, ...args: string[]];
  /** The version in what the command prints. */
  readonly pattern: RegExp;
  /** Oldest version that works, such as "3.250". */
  readonly oldest: string;
  readonly neededFor: string;
  /** A deploy is impossible without it. The others have their own uses. */
  readonly forDeploys: boolean;
  readonly toDo: string;
}

/** Programs beside Node, which `npm ci` brings. */
const programsFor = (sdk: string): readonly Program[] => [
  {
    name: "AWS CLI",
    version: ["aws", "--version"],
    pattern: /aws-cli\/(\d+\.\d+)/,
    oldest: "2.0",
    neededFor: "every check of the account below, bootstrap, and the sign-in to clusters",
    forDeploys: true,
    toDo: 'install version 2: AWS CLI User Guide, "Installing or updating to the latest version of the AWS CLI"',
  },
  {
    name: "Pulumi CLI",
    version: ["pulumi", "version"],
    pattern: /v?(\d+\.\d+)/,
    oldest: sdk, // An older CLI may not know what the SDK sends.
    neededFor: "npm run preview and npm run up",
    forDeploys: true,
    toDo: 'install it: pulumi.com, "Download and install"',
  },
  {
    name: "Java",
    version: ["java", "-version"],
    pattern: /version "(\d+(?:\.\d+)?)/,
    oldest: "17",
    neededFor: "the Kafka of npm start and npm test",
    forDeploys: false,
    toDo: "install a JDK of version 17 or newer",
  },
  {
    name: "Maven",
    version: ["mvn", "--version"],
    pattern: /Apache Maven (\d+\.\d+)/,
    oldest: "3.0",
    neededFor: "the Kafka of npm start and npm test",
    forDeploys: false,
    toDo: "install Maven 3",
  },
  {
    name: "Go",
    version: ["go", "version"],
    pattern: /go(\d+\.\d+)/,
    oldest: "1.26",
    neededFor: "the tests with the real engine, where no Pulumi CLI is installed",
    forDeploys: false,
    toDo: "install it, or leave those tests out",
  },
];

/** Versions that decide: those of this process, and those of package.json. */
export interface Versions {
  readonly node: string;
  readonly oldestNode: string;
  /** Of Pulumi's SDK, major and minor. */
  readonly sdk: string;
}

/** Node, and the programs on PATH. */
export function machineFindings(ask: Ask, { node, oldestNode, sdk }: Versions): readonly Finding[] {
  return [
    isAtLeast(node, oldestNode)
      ? ok("Node", node)
      : problem(
          "Node",
          `got ${node}; allowed: ${oldestNode} or newer`,
          "run npm ci: it brings the right Node",
        ),
    ...programsFor(sdk).map((program) => programFinding(program, ask)),
  ];
}

function programFinding(program: Program, ask: Ask): Finding {
  const { name, pattern, oldest, neededFor, forDeploys, toDo } = program;
  const [command, ...args] = program.version;
  const answer = ask(command, args);
  const bad = forDeploys ? problem : unknown;
  // Without the AWS CLI nothing about the account can be said, which is not yet a fault of the account.
  if (answer === undefined) return unknown(name, `not on PATH; needed for ${neededFor}`, toDo);
  // Java prints its version to the error stream.
  const [, version] = pattern.exec(`${answer.stdout}\n${answer.stderr}`) ?? [];
  if (answer.status !== 0 || version === undefined)
    return unknown(name, `\`${program.version.join(" ")}\` tells no version`, toDo);
  return isAtLeast(version, oldest)
    ? ok(name, version)
    : bad(name, `got ${version}; allowed: ${oldest} or newer; needed for ${neededFor}`, toDo);
}

/** Compares versions part by part; a missing part is 0. */
export function isAtLeast(version: string, oldest: string): boolean {
  const [have, want] = [version, oldest].map((text) => text.split(".").map(Number));
  for (const [at, least] of (want ?? []).entries()) {
    const part = have?.[at] ?? 0;
    if (part !== least) return part > least;
  }
  return true;
}
