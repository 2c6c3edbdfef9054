// The Pulumi CLI is not in the package registries, but its Go module is. tools/engine/cli/build.ts builds it from here.
module task-platform/pulumi-cli

go 1.26.6

require (
	github.com/pulumi/pulumi/pkg/v3 v3.274.1
	github.com/pulumi/pulumi/sdk/v3 v3.274.1
)
