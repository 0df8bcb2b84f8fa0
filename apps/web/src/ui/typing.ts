/** Single-key shortcuts are off where a key means a character. */
export function isTyping(target: EventTarget | null) {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.matches(
        'input:not([type=checkbox], [type=radio], [type=range]), textarea, select, [role=combobox], [role=textbox]',
      ))
  );
}
