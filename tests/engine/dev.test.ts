import { expect, test } from "vitest";
import { describeLifecycle } from "./support/lifecycle.ts";

describeLifecycle({
  environment: "dev",
  failing: "aws:rds/instance:Instance::database",
  destroy: (stack) => {
    test("a destroy deletes every resource once, each after everything that depends on it", async () => {
      const { resources } = await stack().state();
      const before = stack().calls.length;
      const { exitCode, output } = await stack().type(
        "npm",
        "run",
        "destroy",
        "--",
        "dev",
        "--yes-delete=dev",
      );
      expect({ exitCode, output: exitCode === 0 ? "" : output }).toEqual({ exitCode: 0, output: "" });
      const deleted = stack()
        .calls.slice(before)
        .map(({ urn }) => urn);
      const made = resources.filter(
        ({ custom, type, retainOnDelete }) => custom && !type.startsWith("pulumi:") && !retainOnDelete,
      );
      expect(deleted.toSorted()).toEqual(made.map(({ urn }) => urn).toSorted());
      const position = new Map(deleted.map((urn, index) => [urn, index]));
      const early = made.flatMap(({ urn, dependencies = [] }) =>
        dependencies
          .filter(
            (dependency) => (position.get(dependency) ?? Number.POSITIVE_INFINITY) < (position.get(urn) ?? 0),
          )
          .map((dependency) => `${dependency} was deleted before ${urn}`),
      );
      expect(early).toEqual([]);
      expect((await stack().state()).resources).toEqual([]);
    });
  },
});
