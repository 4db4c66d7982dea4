import { memo } from "react";
import ReactMarkdown, { type Components } from "react-markdown";
import rehypeHighlight from "rehype-highlight";
import remarkGfm from "remark-gfm";
import { CodeBlock } from "./code-block.tsx";
import { markdownBlocks } from "./markdown-blocks.ts";

const COMPONENTS: Components = {
  pre: ({ children }) => <CodeBlock>{children}</CodeBlock>,
  // An address that may do something (javascript:, data:) comes empty: what is left of the link is its text.
  a: ({ href, children }) =>
    href === undefined || href === "" ? (
      <>{children}</>
    ) : (
      <a
        href={href}
        target="_blank"
        rel="noreferrer noopener nofollow"
        className="text-accent-text underline"
      >
        {children}
      </a>
    ),
  // A model's picture address would be fetched by the reader's browser and tell its server who reads: name it instead.
  img: ({ src, alt }) => (
    <a
      href={typeof src === "string" ? src : undefined}
      target="_blank"
      rel="noreferrer noopener nofollow"
      className="text-accent-text underline"
    >
      {alt === undefined || alt === "" ? "Image" : alt}
    </a>
  ),
  table: ({ children }) => (
    <div className="my-3 overflow-x-auto">
      <table className="w-full border-collapse text-base">{children}</table>
    </div>
  ),
  th: ({ children }) => (
    <th className="border-b border-line-2 px-2 py-1.5 text-left font-semibold">{children}</th>
  ),
  td: ({ children }) => <td className="border-b border-line px-2 py-1.5 align-top">{children}</td>,
};

const Block = memo(function Block({ text }: { text: string }) {
  return (
    <ReactMarkdown
      remarkPlugins={[remarkGfm]}
      rehypePlugins={[[rehypeHighlight, { detect: false }]]}
      components={COMPONENTS}
    >
      {text}
    </ReactMarkdown>
  );
});

/** Renders a model's markdown; while it grows, only its last block is parsed again. Raw HTML in it is shown as text. */
export const Markdown = memo(function Markdown({ text }: { text: string }) {
  return (
    <div className="chat-prose max-w-[68ch] text-md">
      {markdownBlocks(text).map((block, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- a block never moves: text only grows at its end.
        <Block key={index} text={block} />
      ))}
    </div>
  );
});
