/** How the message begins with which a model gets the files of its tools' results: nobody has asked it. */
export const RESULT_FILES_LEAD = "Files from the results above:";
