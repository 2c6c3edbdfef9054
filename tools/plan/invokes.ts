/** The few calls an SDK makes by itself. A program of ours makes none: what it needs to know is passed in. */
export function answerInvoke(token: string): Record<string, string> | undefined {
  return answers[token];
}

const answers: Readonly<Record<string, Record<string, string>>> = {
  "aws:index/getPartition:getPartition": {
    partition: "aws",
    dnsSuffix: "amazonaws.com",
    id: "aws",
    reverseDnsPrefix: "com.amazonaws",
  },
};
