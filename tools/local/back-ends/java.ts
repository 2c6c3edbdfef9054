import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { delimiter, join } from "node:path";

/** Kafka 4 and Apicurio 2.6 need Java 17. Current Debian, Ubuntu LTS and Amazon Linux have it. */
export const oldestJava = 17;

/** A Java that can run the back ends. */
export interface Java {
  readonly command: string;
  readonly major: number;
  /** The whole version, because only the Java that wrote a class archive can read it. */
  readonly version: string;
}

/** Where to look for programs. Tests use it to describe a machine without Java. */
export interface Machine {
  readonly env: NodeJS.ProcessEnv;
  /** Folders where operating systems install several versions of Java. */
  readonly javaFolders: readonly string[];
}

export const thisMachine: Machine = {
  env: process.env,
  javaFolders: ["/usr/lib/jvm", "/Library/Java/JavaVirtualMachines"],
};

/** The first Java that is new enough: from JAVA_HOME, then from PATH, then from the folders of the system. */
export function findJava(machine: Machine = thisMachine): Java | undefined {
  for (const command of candidates(machine)) {
    const java = existsSync(command) ? ask(command) : undefined;
    if (java && java.major >= oldestJava) return java;
  }
  return undefined;
}

function candidates({ env, javaFolders }: Machine): string[] {
  const installed = javaFolders
    .filter((folder) => existsSync(folder))
    .flatMap((folder) =>
      readdirSync(folder)
        .toSorted()
        .map((name) => join(folder, name)),
    );
  return [
    ...(env.JAVA_HOME ? [join(env.JAVA_HOME, "bin", "java")] : []),
    ...pathCandidates("java", env),
    ...installed.flatMap((home) => [
      join(home, "bin", "java"),
      join(home, "Contents", "Home", "bin", "java"),
    ]),
  ];
}

function ask(command: string): Java | undefined {
  // Java prints its version on standard error: openjdk version "17.0.15" 2025-04-15.
  const { stderr } = spawnSync(command, ["-version"], { encoding: "utf8", timeout: 10_000 });
  const version = /version "([^"]+)"/.exec(stderr ?? "")?.[1];
  return version === undefined ? undefined : { command, version, major: Number.parseInt(version, 10) };
}

/** Full path of a program on PATH. */
export function findOnPath(name: string, env: NodeJS.ProcessEnv): string | undefined {
  return pathCandidates(name, env).find((file) => existsSync(file));
}

function pathCandidates(name: string, env: NodeJS.ProcessEnv): string[] {
  return (env.PATH ?? "")
    .split(delimiter)
    .filter((folder) => folder !== "")
    .map((folder) => join(folder, name));
}
