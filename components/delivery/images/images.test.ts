import { expect, test } from "vitest";
import { planProgram } from "../../../tools/plan/index.ts";
import { checkImagesArgs } from "./check.ts";
import { lifecyclePolicy } from "./images.ts";
import { Images, type ImagesArgs } from "./index.ts";

const base: ImagesArgs = {
  settings: { untaggedDays: 7, keptImages: 50, replicated: true },
  repositories: ["task-api", "task-worker"],
  accountId: "111111111111",
  region: "us-east-1",
  recoveryRegion: "eu-west-1",
  removal: "retain-all",
  keyArn: "key-images",
};

function planImages(changes: Partial<ImagesArgs> = {}) {
  return planProgram(() => new Images("images", { ...base, ...changes }).repositoryUrls);
}

test.each([
  ["retain-all", true],
  ["retain-data", true],
  ["remove", false],
] as const)(
  "With %s an image repository is immutable, scanned at push and encrypted, and is retained with its images: %s",
  async (removal, kept) => {
    const plan = await planImages({ removal });
    for (const name of base.repositories) {
      const { inputs, options } = plan.one("aws:ecr/repository:Repository", `images-${name}`);
      expect(inputs).toEqual({
        name,
        imageTagMutability: "IMMUTABLE",
        imageScanningConfiguration: { scanOnPush: true },
        encryptionConfigurations: [{ encryptionType: "KMS", kmsKey: "key-images" }],
        forceDelete: !kept,
      });
      expect([options.protect, options.retainOnDelete]).toEqual([kept, kept]);
    }
  },
);

test("Every image repository is scanned again for each new vulnerability", async () => {
  const { inputs } = (await planImages()).one(
    "aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration",
  );
  expect(inputs).toEqual({
    scanType: "ENHANCED",
    rules: [
      {
        scanFrequency: "CONTINUOUS_SCAN",
        repositoryFilters: [
          { filter: "task-api", filterType: "WILDCARD" },
          { filter: "task-worker", filterType: "WILDCARD" },
        ],
      },
    ],
  });
});

test("Images are copied to the recovery region only where the settings ask for it", async () => {
  const type = "aws:ecr/replicationConfiguration:ReplicationConfiguration";
  const { inputs } = (await planImages()).one(type);
  expect(inputs).toEqual({
    replicationConfiguration: {
      rules: [
        {
          destinations: [{ region: "eu-west-1", registryId: "111111111111" }],
          repositoryFilters: [
            { filter: "task-api", filterType: "PREFIX_MATCH" },
            { filter: "task-worker", filterType: "PREFIX_MATCH" },
          ],
        },
      ],
    },
  });
  const alone = await planImages({ settings: { ...base.settings, replicated: false } });
  expect(alone.all(type)).toEqual([]);
});

test("Untagged images expire after days, tagged images by number", () => {
  const { rules } = JSON.parse(lifecyclePolicy(base.settings)) as {
    rules: { selection: Record<string, unknown> }[];
  };
  expect(rules.map((rule) => rule.selection)).toEqual([
    { tagStatus: "untagged", countType: "sinceImagePushed", countUnit: "days", countNumber: 7 },
    { tagStatus: "any", countType: "imageCountMoreThan", countNumber: 50 },
  ]);
});

test("All problems are in one message, and nothing is created", async () => {
  const wrong: ImagesArgs = {
    ...base,
    repositories: ["Task API", "task-api", "task-api"],
    settings: { untaggedDays: 0, keptImages: 3, replicated: true },
    recoveryRegion: "us-east-1",
  };
  expect(checkImagesArgs(wrong).map((problem) => problem.argument)).toEqual([
    "repositories",
    "repositories",
    "settings.untaggedDays",
    "settings.keptImages",
    "recoveryRegion",
  ]);
  await expect(planImages(wrong)).rejects.toThrow("5 problems, nothing was created");
  expect(checkImagesArgs({ ...base, repositories: [] })).toHaveLength(1);
});
