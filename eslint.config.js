import pulumi from "@pulumi/eslint-plugin";
import tseslint from "typescript-eslint";

// Only rules that need types and have found bugs; Biome does the rest.
export default tseslint.config(
  { ignores: ["node_modules/**", "**/*.js", "**/*.mjs", "coverage/**"] },
  {
    files: ["**/*.ts"],
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    plugins: { "@typescript-eslint": tseslint.plugin, "@pulumi": pulumi },
    rules: {
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": "error",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@typescript-eslint/no-base-to-string": "error",
      "@pulumi/no-output-in-template-literal": "error",
    },
  },
);
