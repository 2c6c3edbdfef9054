import { expect, test } from "vitest";
import { parseOptions, usage } from "./options.ts";

const none = { smoke: false, logs: false, watch: false, keepData: false };

test("without options it runs until Ctrl-C, on the port of the contracts", () => {
  expect(parseOptions([])).toEqual({ ...none, port: 8080 });
});

test("every option is read", () => {
  expect(parseOptions(["--smoke", "--port", "9000"])).toEqual({ ...none, smoke: true, port: 9000 });
  expect(parseOptions(["--logs", "--watch", "--keep-data"])).toEqual({
    ...none,
    ...{ port: 8080, logs: true, watch: true, keepData: true },
  });
});

test("all mistakes are named at once, with what is allowed", () => {
  expect(() => parseOptions(["--smok", "now", "--port", "eighty"])).toThrow(
    [
      "npm start:",
      '  - argument: got "now"; allowed: only options',
      "  - option --smok: unknown; allowed: --smoke, --port, --logs, --watch, --keep-data",
      '  - --port: got "eighty"; allowed: a port from 1024 to 65535',
      "usage: npm start [-- --logs] [--watch] [--keep-data] [--port PORT] [--smoke]",
    ].join("\n"),
  );
});

test.each(["80", "65536", "1.5"])("the port %j is refused", (port) => {
  expect(() => parseOptions(["--port", port])).toThrow(`--port: got "${port}"`);
});

test("the help names every option and every variable", () => {
  for (const word of [
    "--smoke",
    "--logs",
    "--watch",
    "--keep-data",
    "--port",
    "TASK_PLATFORM_POSTGRES_URL",
    "TASK_PLATFORM_KAFKA_BROKERS",
  ]) {
    expect(usage).toContain(word);
  }
});
