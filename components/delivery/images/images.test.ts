import { expect, test } from "vitest";
import { planProgram } from "../../../tools/plan/index.ts";
import { Images, type ImagesArgs, imagesProblems, lifecyclePolicy } from "./index.ts";

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

test("A repository never moves a tag, scans every push, is encrypted with the key, and outlives its environment", async () => {
  const plan = await planImages();
  const repository = plan.one("aws:ecr/repository:Repository", "images-task-api");
  expect(repository.inputs).toEqual({
    name: "task-api",
    imageTagMutability: "IMMUTABLE",
    imageScanningConfiguration: { scanOnPush: true },
    encryptionConfigurations: [{ encryptionType: "KMS", kmsKey: "key-images" }],
    forceDelete: false,
  });
  expect([repository.options.protect, repository.options.retainOnDelete]).toEqual([true, true]);
});

test("Where a destroy leaves nothing, repositories go with their images", async () => {
  const repository = (await planImages({ removal: "remove" })).one(
    "aws:ecr/repository:Repository",
    "images-task-api",
  );
  expect(repository.inputs.forceDelete).toBe(true);
  expect([repository.options.protect, repository.options.retainOnDelete]).toEqual([false, false]);
});

test("Every repository is scanned again whenever a vulnerability becomes known", async () => {
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

test("Untagged layers go after days, tagged images by number", () => {
  const { rules } = JSON.parse(lifecyclePolicy(base.settings)) as {
    rules: { selection: Record<string, unknown> }[];
  };
  expect(rules.map((rule) => rule.selection)).toEqual([
    { tagStatus: "untagged", countType: "sinceImagePushed", countUnit: "days", countNumber: 7 },
    { tagStatus: "any", countType: "imageCountMoreThan", countNumber: 50 },
  ]);
});

test("Every wrong argument is named at once and nothing is made", async () => {
  const wrong: ImagesArgs = {
    ...base,
    repositories: ["Task API", "task-api", "task-api"],
    settings: { untaggedDays: 0, keptImages: 3, replicated: true },
    recoveryRegion: "us-east-1",
  };
  expect(imagesProblems(wrong).map((problem) => problem.argument)).toEqual([
    "repositories",
    "repositories",
    "settings.untaggedDays",
    "settings.keptImages",
    "recoveryRegion",
  ]);
  await expect(planImages(wrong)).rejects.toThrow("5 problems, nothing was created");
  expect(imagesProblems({ ...base, repositories: [] })).toHaveLength(1);
});
