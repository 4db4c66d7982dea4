"use client";

interface GlobalErrorProps {
  error: Error & { digest?: string };
  reset: () => void;
}

/** The last resort, when even the layout failed; it cannot count on any style being there. */
export default function GlobalError({ error, reset }: GlobalErrorProps) {
  return (
    <html lang="en">
      <body style={{ fontFamily: "system-ui, sans-serif", margin: "20vh auto", maxWidth: 480, padding: 16 }}>
        <h1 style={{ fontSize: 18 }}>Gatehouse could not draw this page</h1>
        <p>The reason is in the server's log{error.digest === undefined ? "." : ` under ${error.digest}.`}</p>
        <button type="button" onClick={reset}>
          Try again
        </button>
      </body>
    </html>
  );
}
