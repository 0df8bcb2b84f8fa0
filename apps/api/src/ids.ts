const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a text can be an id at all. What cannot is absent: Postgres would refuse the whole question. */
export const isId = (text: string) => uuid.test(text);
