/** Version of the result stream; readers refuse any other. */
export const RESULT_VERSION = 1;
