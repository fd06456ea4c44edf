/** Rows in one answer of Siebel: the ceiling of its server parameter MaximumPageSize. */
export const siebelPage = 100;
