import { defineConfig } from "vitest/config";

/** Tests that connect to a back end. Only for these folders the back ends are started. */
const onBackEnds = ["apps/*/test/**/*.test.ts", "tests/resilience/**/*.test.ts"];
/** Tests that run `npm start`, which starts its own back ends. */
const endToEnd = ["tests/e2e/**/*.test.ts"];
/** Tests that run the real Pulumi CLI against stand-ins. Two files keep both cores busy. */
const engine = ["tests/engine/**/*.test.ts"];
/** One test that keeps both cores busy: it runs tests in hundreds of broken trees. */
const mutations = ["tests/mutations/mutations.test.ts"];
const installed = "**/node_modules/**";

export default defineConfig({
  test: {
    // Forks, not threads: Pulumi's runtime settings are global to a process.
    pool: "forks",
    maxWorkers: 2,
    // Only for what hangs. A test must not fail because the machine is slow, so it has room for ten times the usual.
    testTimeout: 180_000,
    hookTimeout: 300_000,
    // Without this, a test whose loop has nothing to loop over passes without an assertion.
    expect: { requireAssertions: true },
    // One group after another: back ends and brokers must not share two cores with tests that use both.
    projects: [
      {
        extends: true,
        test: {
          name: "pure",
          include: ["**/*.test.ts"],
          exclude: [installed, ...onBackEnds, ...endToEnd, ...engine, ...mutations],
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: "mutations",
          include: mutations,
          exclude: [installed],
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: "engine",
          include: engine,
          exclude: [installed],
          sequence: { groupOrder: 2 },
        },
      },
      {
        extends: true,
        test: {
          name: "service",
          include: onBackEnds,
          exclude: [installed],
          globalSetup: ["tests/support/global-setup.ts"],
          sequence: { groupOrder: 3 },
        },
      },
      {
        extends: true,
        test: {
          name: "end to end",
          include: endToEnd,
          exclude: [installed],
          maxWorkers: 1, // each starts three brokers
          sequence: { groupOrder: 4 },
        },
      },
    ],
  },
});
