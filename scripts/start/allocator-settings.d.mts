/** Settings of glibc's allocator for the server process, as environment variables. */
export declare const ALLOCATOR_SETTINGS: Record<string, string>;
