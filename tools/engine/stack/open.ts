import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { readStackFile, repositoryRoot } from "../../plan/index.ts";
import type { Cli } from "../cli/index.ts";
import type { HostOptions } from "../host/index.ts";
import { type ProviderCall, type StandIns, startStandIns } from "../stand-ins/index.ts";
import { type CliRun, readJson, run, runOnTerminal, runOperation } from "./command.ts";
import { changeConfig, type StackSource, writeProgram, writeProject } from "./files.ts";
import { type Deployment, readDeployment } from "./state.ts";

export interface StackOptions extends Partial<StackSource>, HostOptions {
  readonly environment: string;
  readonly cli: Cli;
  /** Values that `pulumi config set --secret` encrypts into the stack file, by key. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** Whether the providers fill missing names. @default true, as the real ones do */
  readonly autonaming?: boolean;
  /** Folder of a policy pack, or false. @default the pack of this repository */
  readonly policyPack?: string | false;
  /** Hears of every run. */
  readonly log?: (line: string) => void;
}

/** A stack in a folder of its own, with the real engine and stand-ins for everything behind it. */
export class EngineStack {
  readonly #options: StackOptions;
  readonly #folder: string;
  readonly #standIns: StandIns;
  readonly #failures: Map<string, string>;
  /** The stack file. `npm run preview` takes it by `--config-file`. */
  readonly configFile: string;
  /** Creates, updates and deletes that reached a provider, in the order of arrival. */
  readonly calls: readonly ProviderCall[];

  constructor(
    options: StackOptions,
    made: {
      readonly folder: string;
      readonly configFile: string;
      readonly standIns: StandIns;
      readonly failures: Map<string, string>;
      readonly calls: readonly ProviderCall[];
    },
  ) {
    this.#options = options;
    this.#folder = made.folder;
    this.#standIns = made.standIns;
    this.#failures = made.failures;
    this.configFile = made.configFile;
    this.calls = made.calls;
  }

  /** Folder of the project file. */
  get project(): string {
    return dirname(this.configFile);
  }

  /** Variables with which any command reaches this stack, such as `npm run up`. PATH has this CLI first. */
  get variables(): Readonly<Record<string, string>> {
    return {
      ...variablesOf(this.#folder, this.#options.cli, this.#standIns),
      // The CLI reads its flags from such variables too: the file in the repository has example values and a key of AWS.
      PULUMI_OPTION_CONFIG_FILE: this.configFile,
    };
  }

  preview(...flags: string[]): Promise<CliRun> {
    return this.#operate("preview", [...this.#pack(), "--diff", ...flags]);
  }

  up(...flags: string[]): Promise<CliRun> {
    return this.#operate("up", [...this.#pack(), "--yes", "--skip-preview", ...flags]);
  }

  refresh(...flags: string[]): Promise<CliRun> {
    return this.#operate("refresh", ["--yes", "--skip-preview", ...flags]);
  }

  destroy(...flags: string[]): Promise<CliRun> {
    return this.#operate("destroy", ["--yes", ...flags]);
  }

  /** `npm run preview|up` in the root of the repository, as a person types it. */
  async npmRun(action: "preview" | "up", ...flags: string[]): Promise<CliRun> {
    const args = ["run", action, "--", this.#options.environment, ...flags];
    return this.#log(
      `npm run ${action}`,
      await runOperation({ command: "npm", args, folder: repositoryRoot, variables: this.variables }),
    );
  }

  /** Any other command of the CLI. */
  cli(...args: string[]): Promise<Omit<CliRun, "findings" | "messages" | "steps">> {
    return run({ ...this.#place(), command: this.#options.cli.command, args });
  }

  /** Runs a command of a shell in the root of the repository, on the terminal of this process. */
  shell(command: string): Promise<number> {
    return runOnTerminal({
      command: "sh",
      args: ["-c", command],
      folder: repositoryRoot,
      variables: this.variables,
    });
  }

  /** Runs a command in the root of the repository, as a person types it. */
  type(command: string, ...args: string[]): Promise<Omit<CliRun, "findings" | "messages" | "steps">> {
    return run({ command, args, folder: repositoryRoot, variables: this.variables });
  }

  /** The stored state, with the values of secrets. */
  async state(): Promise<Deployment> {
    const file = join(this.#folder, "export.json");
    const { exitCode, output } = await this.cli("stack", "export", `--file=${file}`, "--show-secrets");
    if (exitCode !== 0) throw new Error(`pulumi stack export: ${output}`);
    return readDeployment(readJson(file));
  }

  /** From now on the create of a resource fails with this message, until it is undefined. `resource` is `type::name`. */
  failCreate(resource: string, message: string | undefined): void {
    if (message === undefined) this.#failures.delete(resource);
    else this.#failures.set(resource, message);
  }

  /** Replaces values of the stack file for the next run. `undefined` removes one. */
  changeConfig(changes: Readonly<Record<string, unknown>>): void {
    changeConfig(this.configFile, changes);
  }

  /** Replaces the entry point for the next run; `undefined` is that of the repository. */
  changeProgram(program: string | undefined): void {
    writeProgram(this.project, this.#options.root ?? repositoryRoot, program);
  }

  close(): void {
    this.#standIns.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #pack(): string[] {
    const pack = this.#options.policyPack ?? join(repositoryRoot, "policies");
    return pack === false ? [] : [`--policy-pack=${pack}`];
  }

  #place() {
    return { folder: this.project, variables: this.variables };
  }

  async #operate(action: string, flags: readonly string[]): Promise<CliRun> {
    const { cli, environment } = this.#options;
    const args = [action, `--stack=${environment}`, "--non-interactive", ...flags];
    return this.#log(action, await runOperation({ ...this.#place(), command: cli.command, args }));
  }

  #log(action: string, done: CliRun): CliRun {
    const { environment, log = () => undefined } = this.#options;
    log(`${environment}: ${action} ended with ${String(done.exitCode)} after ${done.seconds.toFixed(1)} s`);
    return done;
  }
}

/** @throws Error with the output of the CLI when the stack cannot be made. */
export async function openStack(options: StackOptions): Promise<EngineStack> {
  const { root = repositoryRoot, environment, secrets = {} } = options;
  const folder = mkdtempSync(join(tmpdir(), "task-platform-engine-"));
  const project = join(folder, "project");
  const configFile = writeProject(project, { ...options, root });
  const failures = new Map<string, string>();
  const calls: ProviderCall[] = [];
  const standIns = await startStandIns(
    {
      config: readStackFile(project, environment).config,
      autonaming: options.autonaming ?? true,
      calls,
      failureOf: (urn) => [...failures].find(([resource]) => urn.endsWith(resource))?.[1],
    },
    options,
  );
  const stack = new EngineStack(options, { folder, configFile, standIns, failures, calls });
  try {
    await make(stack, ["stack", "init", environment]);
    for (const [key, value] of Object.entries(secrets))
      await make(stack, ["config", "set", "--secret", `--stack=${environment}`, key, value]);
  } catch (error) {
    stack.close();
    throw error;
  }
  return stack;
}

async function make(stack: EngineStack, args: readonly string[]): Promise<void> {
  const { exitCode, output } = await stack.cli(...args, "--non-interactive");
  if (exitCode !== 0) throw new Error(`pulumi ${args.slice(0, 2).join(" ")}: ${output}`);
}

function variablesOf(folder: string, cli: Cli, standIns: StandIns): Record<string, string> {
  return {
    ...standIns.variables,
    PATH: [dirname(process.execPath), dirname(cli.command), process.env.PATH ?? ""].join(":"),
    PULUMI_HOME: join(folder, "home"),
    PULUMI_BACKEND_URL: `file://${folder}`,
    PULUMI_CONFIG_PASSPHRASE: "only-for-this-folder",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_DISABLE_REGISTRY_RESOLVE: "true",
    // The state is written once, at the end: a prod `up` takes a third of the time.
    PULUMI_SKIP_CHECKPOINTS: "true",
    PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS: "true",
  };
}
