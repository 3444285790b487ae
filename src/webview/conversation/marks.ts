/** What messages look like besides what they are. */
export interface Marks {
  /** Who is on the other side. */
  readonly otherSide: string;
  /** What is said above which message about those that are unread. */
  readonly unread: { readonly messageId: string; readonly text: string } | undefined;
  readonly isSelected: (messageId: string) => boolean;
  /** The message that was found last. */
  readonly found: string | undefined;
}
