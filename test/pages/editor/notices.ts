/** A notification with its buttons. */
export interface Notice {
  readonly kind: 'information' | 'warning' | 'error';
  readonly text: string;
  readonly choices: readonly string[];
  /** Presses a button, or closes it without an answer. */
  answer(choice?: string): void;
}

/** The notifications that VS Code would show; each stays until the test answers it. */
export class Notices {
  readonly all: Notice[] = [];

  show(kind: Notice['kind'], text: string, ...items: readonly unknown[]): Promise<string | undefined> {
    const choices = items.filter((item) => typeof item === 'string');
    return new Promise((resolve) => {
      const notice: Notice = {
        kind,
        text,
        choices,
        answer: (choice) => {
          this.all.splice(this.all.indexOf(notice), 1);
          resolve(choice);
        },
      };
      this.all.push(notice);
    });
  }
}
