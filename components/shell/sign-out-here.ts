import { signOut } from "next-auth/react";

/** Ends this browser's sign-in and goes to the sign-in page. */
export function signOutHere(): void {
  void signOut({ callbackUrl: "/sign-in" });
}
