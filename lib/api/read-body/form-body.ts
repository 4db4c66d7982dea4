/** An uploaded file. `filename` has no folders and no control characters. */
export interface UploadedFile {
  field: string;
  filename: string;
  mediaType: string;
  bytes: Uint8Array;
}

/** A form as it was sent: every value of every field, in order, and the files. */
export interface FormBody {
  fields: Map<string, string[]>;
  files: UploadedFile[];
}
