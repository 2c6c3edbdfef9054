import { expect, test } from "vitest";
import { files, programFolders, text } from "../repository.ts";
import { readInfraFiles, readInfraRooms } from "./folders.ts";
import { crowdedRooms, crowdedWards, strangersInInfra } from "./rooms.ts";

const page = text("ARCHITECTURE.md");

test("no folder has more than 12 source files", () => {
  const inProgram = files.filter((file) => programFolders.includes(file.split("/")[0] ?? ""));
  expect(crowdedRooms(inProgram)).toEqual([]);
});

test("no ward has more than eight blocks", () => {
  expect(crowdedWards(files)).toEqual([]);
});

test("infra has the rooms and the files at its top that ARCHITECTURE.md names, and no others", () => {
  const found = strangersInInfra(files, readInfraRooms(page), readInfraFiles(page));
  expect(found).toEqual([]);
});

const named = (count: number, folder = "a"): string[] =>
  Array.from({ length: count }, (_, at) => `${folder}/f${at}.ts`);

test("a folder with 13 source files is found, and one with 12 is not", () => {
  expect(crowdedRooms(named(13))).toEqual(["a: 13 source files; allowed: 12"]);
  expect(crowdedRooms(named(12))).toEqual([]);
});

test("tests, doors, migrations and what is in folders inside are not counted", () => {
  const others = ["a/x.test.ts", "a/x.fixture.ts", "a/test/plan.ts", "a/index.ts", "a/0001.sql", "a/b/c.ts"];
  expect(crowdedRooms([...named(12), ...others])).toEqual([]);
});

test("a ward with nine blocks is found, and one with eight is not", () => {
  const ward = (count: number) => Array.from({ length: count }, (_, at) => `components/w/b${at}/index.ts`);
  expect(crowdedWards(ward(9))).toEqual(["components/w: 9 blocks; allowed: 8"]);
  expect(crowdedWards(ward(8))).toEqual([]);
});

test("a room and a file that infra does not know are found", () => {
  const inside = [
    "infra/index.ts",
    "infra/index.test.ts",
    "infra/data/a.ts",
    "infra/more/a.ts",
    "infra/more.ts",
  ];
  expect(strangersInInfra(inside, ["data"], ["index.ts"]).map((found) => found.split(":")[0])).toEqual([
    "infra/more/a.ts",
    "infra/more.ts",
  ]);
});
