const MEBIBYTE = 1024 * 1024;

/** Most bytes of a JSON or urlencoded body. */
export const MAX_TEXT_BODY_BYTES = 10 * MEBIBYTE;
/** Most bytes of a whole multipart body, files included. */
export const MAX_MULTIPART_BODY_BYTES = 50 * MEBIBYTE;
/** Most bytes of one uploaded file. */
export const MAX_FILE_BYTES = 20 * MEBIBYTE;
/** Most files in one request. */
export const MAX_FILES = 20;
/** Most fields in one form. */
export const MAX_FIELDS = 200;
/** Most bytes of one field: a message of two million characters of any script fits. */
export const MAX_FIELD_BYTES = 8 * MEBIBYTE;
/** Most bytes of a field's name. */
export const MAX_FIELD_NAME_BYTES = 200;
