"use client";

import { createContext, useContext } from "react";

interface FieldContextValue {
  id: string;
  describedBy: string | undefined;
  invalid: boolean;
}

/** Ties a control to the label, hint and error of the Field around it. */
export const FieldContext = createContext<FieldContextValue | null>(null);

interface ControlProps {
  id?: string;
  "aria-describedby"?: string;
  "aria-invalid"?: boolean;
}

/** The attributes that a control takes over from the Field around it; empty outside of one. */
export function useFieldControl(): ControlProps {
  const field = useContext(FieldContext);
  if (field === null) return {};
  return {
    id: field.id,
    "aria-describedby": field.describedBy,
    "aria-invalid": field.invalid || undefined,
  };
}
