"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { ROLE_WORDS } from "#components/shell/role-words.ts";
import { ConfirmDialog } from "#components/ui/alert-dialog.tsx";
import { Avatar } from "#components/ui/avatar.tsx";
import { Button } from "#components/ui/button.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Select } from "#components/ui/select.tsx";
import type { ActionResult } from "#lib/core/action-result.ts";
import type { Role } from "#lib/core/principal.ts";

interface Member {
  userId: string;
  name: string;
  email: string;
  role: Role;
  joinedAt: string;
}

interface MemberListProps {
  members: readonly Member[];
  self: { userId: string; role: Role };
  changeRole: (userId: string, role: string) => Promise<ActionResult>;
  remove: (userId: string) => Promise<ActionResult>;
}

const ROLES: readonly Role[] = ["owner", "admin", "member"];

/** The members with their roles; what one's own role allows can be changed in place. */
export function MemberList({ members, self, changeRole, remove }: MemberListProps) {
  const router = useRouter();
  const [failure, setFailure] = useState<{ userId: string; sentence: string } | null>(null);
  const [leaving, setLeaving] = useState<Member | null>(null);

  async function setRole(userId: string, role: string) {
    const result = await changeRole(userId, role);
    setFailure(result === null ? null : { userId, sentence: result.failure });
  }

  async function confirmRemoval(member: Member) {
    const result = await remove(member.userId);
    if (result !== null) throw new Error(result.failure);
    if (member.userId === self.userId) router.push("/");
  }

  return (
    <>
      <ul className="border-t border-line">
        {members.map((member) => {
          const isSelf = member.userId === self.userId;
          const mayEdit = self.role === "owner" || (self.role === "admin" && member.role !== "owner");
          return (
            <li key={member.userId} className="border-b border-line py-2.5">
              <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
                <Avatar name={member.name} className="size-8 text-sm" />
                <div className="min-w-40 flex-1">
                  <p className="truncate font-medium">
                    {member.name}
                    {isSelf ? <span className="font-normal text-fg-3"> (you)</span> : null}
                  </p>
                  <p className="truncate text-sm text-fg-3">
                    {member.email} · joined <RelativeTime value={member.joinedAt} />
                  </p>
                </div>
                <div className="ml-11 flex items-center gap-2 sm:ml-0">
                  {mayEdit ? (
                    <Select
                      aria-label={`Role of ${member.name}`}
                      value={member.role}
                      onValueChange={(role) => void setRole(member.userId, role)}
                      options={ROLES.map((role) => ({
                        value: role,
                        label: ROLE_WORDS[role],
                        disabled: role === "owner" && self.role !== "owner",
                      }))}
                      className="w-28"
                    />
                  ) : (
                    <span className="text-fg-2">{ROLE_WORDS[member.role]}</span>
                  )}
                  {mayEdit || isSelf ? (
                    <Button
                      variant="ghost"
                      aria-label={isSelf ? "Leave the organization" : `Remove ${member.name}`}
                      onClick={() => setLeaving(member)}
                    >
                      {isSelf ? "Leave" : "Remove"}
                    </Button>
                  ) : null}
                </div>
              </div>
              {failure?.userId === member.userId ? (
                <p role="alert" className="mt-1 text-sm text-failed-text">
                  {failure.sentence}
                </p>
              ) : null}
            </li>
          );
        })}
      </ul>
      {leaving === null ? null : (
        <ConfirmDialog
          open
          onOpenChange={(open) => {
            if (!open) setLeaving(null);
          }}
          title={leaving.userId === self.userId ? "Leave the organization?" : `Remove ${leaving.name}?`}
          description={
            leaving.userId === self.userId
              ? "You lose access at once. Your sessions stay with the organization."
              : `${leaving.name} loses access at once. Their sessions stay with the organization.`
          }
          confirmLabel={leaving.userId === self.userId ? "Leave" : `Remove ${leaving.name}`}
          onConfirm={() => confirmRemoval(leaving)}
        />
      )}
    </>
  );
}
