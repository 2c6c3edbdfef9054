import { expect, test } from "vitest";
import { describeLifecycle, expectSuccess } from "./support/lifecycle.ts";

describeLifecycle({
  environment: "prod",
  failing: "aws:msk/cluster:Cluster::events",
  destroy: (stack) => {
    test("a destroy is refused before it deletes anything, because resources are protected", async () => {
      const before = stack().calls.length;
      const { resources } = await stack().state();
      const run = await stack().destroy();
      expect(run.exitCode).not.toBe(0);
      expect(run.messages.map(({ text }) => text).join("\n")).toContain("protect");
      expect(stack().calls.slice(before)).toEqual([]);
      expect((await stack().state()).resources).toHaveLength(resources.length);
    });

    test("the command for it refuses too, and says what to do", async () => {
      const before = stack().calls.length;
      const { exitCode, output } = await stack().type(
        "npm",
        "run",
        "destroy",
        "--",
        "prod",
        "--yes-delete=prod",
      );
      expect(exitCode).toBe(1);
      expect(output).toContain('removal is "retain-all", so nothing of it may be destroyed');
      expect(output).toContain("npm run up -- prod");
      expect(stack().calls.slice(before)).toEqual([]);
    });

    test("after the protection is removed a destroy ends the stack and deletes nothing that is retained", async () => {
      const { resources } = await stack().state();
      const kept = resources.filter(({ retainOnDelete }) => retainOnDelete).map(({ urn }) => urn);
      expect(kept.length).toBeGreaterThan(0);
      const unprotected = await stack().cli("state", "unprotect", "--all", "--yes", "--stack=prod");
      expect(unprotected.output).toContain("unprotected");
      const before = stack().calls.length;
      expectSuccess(await stack().destroy());
      const deleted = new Set(
        stack()
          .calls.slice(before)
          .map(({ urn }) => urn),
      );
      expect(kept.filter((urn) => deleted.has(urn))).toEqual([]);
      expect((await stack().state()).resources).toEqual([]);
    });
  },
});
