declare const brand: unique symbol;

/** A string or number that is told apart from others of its kind by the compiler. */
export type Branded<T, B extends string> = T & { readonly [brand]: B };

export type ConversationId = Branded<string, 'ConversationId'>;
export type MessageId = Branded<string, 'MessageId'>;
export type CustomerId = Branded<string, 'CustomerId'>;
export type AgentId = Branded<string, 'AgentId'>;
export type EventId = Branded<string, 'EventId'>;
export type ClientId = Branded<string, 'ClientId'>;
export type OrderId = Branded<string, 'OrderId'>;
export type ProductId = Branded<string, 'ProductId'>;

/** Names a string as an id. Used where a row or a checked message enters; nowhere else. */
export function asId<B extends string>(text: string): Branded<string, B> {
  return text as Branded<string, B>;
}
