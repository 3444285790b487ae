/** What was made of a text that a person has entered: the value that is meant, or what is wrong with it. */
export type Entered<Problem> = { readonly value: string } | { readonly problem: Problem };
