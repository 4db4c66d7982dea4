import Link from "next/link";
import { MessagePage } from "#components/shell/message-page.tsx";
import { Button } from "#components/ui/button.tsx";

export const metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <MessagePage
      title="There is no such page"
      actions={
        <Button asChild variant="primary">
          <Link href="/">Go home</Link>
        </Button>
      }
    >
      It was moved or deleted, or it belongs to an organization that you are not in.
    </MessagePage>
  );
}
