/** What the tests bootstrap: one environment, with one person. */
export const options = {
  accountId: "111111111111",
  homeRegion: "us-east-1",
  recoveryRegion: "eu-west-1",
  environments: ["prod"],
  people: ["arn:aws:iam::111111111111:user/anna"],
};

/** Keys and aliases of an account, as KMS keeps them; everything else exists. */
export function createAccount(id = "111111111111") {
  const failures: { command: string; left: number }[] = [];
  const ok = (stdout = "") => ({ status: 0, stdout, stderr: "" });
  const refused = (stderr: string) => ({ status: 254, stdout: "", stderr });
  return {
    asked: [] as string[],
    keys: new Map<string, Set<string>>(),
    aliases: new Map<string, string>(),
    waitedSeconds: 0,
    stateOfReplica: () => "Enabled",
    /** Fails the command once, at its `at`-th call. */
    fail(command: string, at = 1) {
      failures.push({ command, left: at });
    },
    run(args: readonly string[]) {
      const text = args.join(" ");
      this.asked.push(text);
      const value = (name: string): string => args[args.indexOf(name) + 1] ?? "";
      const failure = failures.find(({ command }) => text.startsWith(command));
      if (failure) failure.left -= 1;
      if (failure?.left === 0) return refused("Throttled");
      const region = value("--region");
      switch (args.slice(0, 2).join(" ")) {
        case "sts get-caller-identity":
          return ok(id);
        case "kms create-key": {
          const key = `mrk-${this.keys.size}`;
          this.keys.set(key, new Set([region]));
          return ok(key);
        }
        case "kms replicate-key": {
          const copies = this.keys.get(value("--key-id"));
          if (copies?.has(value("--replica-region"))) return refused("AlreadyExistsException");
          copies?.add(value("--replica-region"));
          return ok();
        }
        case "kms create-alias": {
          const alias = `${value("--alias-name")} ${region}`;
          if (this.aliases.has(alias)) return refused("AlreadyExistsException");
          this.aliases.set(alias, value("--target-key-id"));
          return ok();
        }
        case "kms describe-key": {
          const given = value("--key-id");
          const key = this.aliases.get(`${given} ${region}`) ?? given;
          if (!this.keys.get(key)?.has(region)) return refused("NotFoundException");
          return ok(text.includes("KeyState") ? this.stateOfReplica() : key);
        }
        default:
          return ok("there");
      }
    },
  };
}
