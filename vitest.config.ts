import { defineConfig } from "vitest/config";

/** Tests that open a connection to a back end, by their place: only for them are the back ends started. */
const onBackEnds = ["apps/*/test/**/*.test.ts", "tests/resilience/**/*.test.ts"];
/** Tests that run `npm start` itself, and so bring back ends of their own. */
const endToEnd = ["tests/e2e/**/*.test.ts"];
/** One test that keeps both cores busy by itself, with a process for each of two hundred broken trees. */
const mutations = ["tests/mutations/mutations.test.ts"];
const installed = "**/node_modules/**";

export default defineConfig({
  test: {
    // Forks, not threads: Pulumi's runtime settings are global to a process.
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // One group after another: what measures seconds must not share two cores with what uses them.
    projects: [
      {
        extends: true,
        test: {
          name: "pure",
          include: ["**/*.test.ts"],
          exclude: [installed, ...onBackEnds, ...endToEnd, ...mutations],
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
          name: "service",
          include: onBackEnds,
          exclude: [installed],
          globalSetup: ["tests/support/global-setup.ts"],
          sequence: { groupOrder: 2 },
        },
      },
      {
        extends: true,
        test: {
          name: "end to end",
          include: endToEnd,
          exclude: [installed],
          maxWorkers: 1, // each brings three brokers
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
