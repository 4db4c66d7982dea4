import { CopyButton } from "#components/ui/copy-button.tsx";

interface CurlExampleProps {
  origin: string;
  agentId: string;
  prompt: string;
}

/** The two lines that run an agent from a terminal. */
export function CurlExample({ origin, agentId, prompt }: CurlExampleProps) {
  const message = prompt.replaceAll("'", "'\\''");
  const text = [
    "TOKEN=$(npm run --silent token)",
    `curl -N ${origin}/api/agents/${agentId}/runs \\`,
    '  -H "Authorization: Bearer $TOKEN" \\',
    `  --data-urlencode 'message=${message}'`,
  ].join("\n");
  return (
    <div className="relative mt-3 rounded-lg border border-line bg-sunken sm:ml-7.5">
      <pre className="mono overflow-x-auto px-3.5 py-2.5">{text}</pre>
      <CopyButton text={text} label="Copy the commands" className="absolute top-1 right-1" />
    </div>
  );
}
