/** Words and sentences in the four languages, for generated conversations. `#` is a number, `@` a product. */
export interface Phrases {
  readonly language: string;
  readonly names: readonly string[];
  readonly families: readonly string[];
  readonly customer: readonly string[];
  readonly ai: readonly string[];
  readonly agent: readonly string[];
}

export const PRODUCTS: readonly string[] = ['Aurora 13', 'Nimbus', 'Terra Mini', 'Orbit XL', 'Fjord'];

export const PHRASES: readonly Phrases[] = [
  {
    language: 'en',
    names: ['Emma', 'Liam', 'Olivia', 'Noah', 'Ava', 'Ethan', 'Sophia', 'Mason', 'Zoe', 'Lucas'],
    families: ['Smith', 'Johnson', 'Brown', 'Taylor', 'Walker', 'Hughes', 'Green', 'Baker'],
    customer: [
      'Where is my order #? It should have arrived last week.',
      'I want a refund for order #, the @ is broken.',
      'Can I change the delivery address of my @?',
      'I was charged twice for order #, please help.',
      'The invoice for # is missing, I need it for accounting.',
      'How do I cancel my subscription?',
      'The @ stopped working after the latest update.',
      'Is the @ available in blue?',
    ],
    ai: [
      'I found order #. It left our warehouse yesterday.',
      'You can return the @ within 30 days.',
      'I can help with that. Could you tell me your order number?',
      'I will hand this conversation to a colleague.',
    ],
    agent: [
      'Hi, I have refunded order # now.',
      'Thanks for waiting. A new @ is on its way.',
      'I checked with the warehouse about #; it ships today.',
    ],
  },
  {
    language: 'ko',
    names: ['민준', '서연', '도윤', '하은', '지호', '수아', '예준', '지우', '주원', '채원'],
    families: ['김', '이', '박', '최', '정', '강', '조', '윤'],
    customer: [
      '주문번호 # 환불해주세요. 상품이 파손되었습니다.',
      '배송조회가 안됩니다. 주문 #은 언제 도착하나요?',
      '@ 교환신청하고 싶어요.',
      '비밀번호를 변경할 수 없습니다.',
      '결제가 두 번 되었어요. 확인부탁드립니다 #',
      '영수증 재발급 요청드립니다.',
      '@ 재입고 일정이 궁금합니다.',
      '회원탈퇴는 어떻게 하나요?',
    ],
    ai: [
      '주문 #을 확인했습니다. 어제 출고되었습니다.',
      '@은 30일 이내에 반품하실 수 있습니다.',
      '도와드리겠습니다. 주문번호를 알려주세요.',
      '상담원에게 연결해드리겠습니다.',
    ],
    agent: [
      '안녕하세요, 주문 # 환불처리 완료되었습니다.',
      '기다려주셔서 감사합니다. @을 다시 보내드렸습니다.',
      '물류센터에 확인했습니다. # 오늘 발송됩니다.',
    ],
  },
  {
    language: 'pt-BR',
    names: ['Ana', 'João', 'Beatriz', 'Pedro', 'Érica', 'Lucas', 'Larissa', 'Mateus', 'Íris', 'Rafael'],
    families: ['Silva', 'Souza', 'Araújo', 'Conceição', 'Oliveira', 'Gonçalves', 'Lima'],
    customer: [
      'Quero a devolução do pedido #, o @ veio com defeito.',
      'Onde está meu pedido #? Já era para ter chegado.',
      'Fui cobrado duas vezes no cartão, pedido #.',
      'Preciso da nota fiscal do pedido #.',
      'Como faço para cancelar a assinatura?',
      'A promoção do @ ainda está valendo?',
      'O @ parou de funcionar depois da atualização.',
    ],
    ai: [
      'Encontrei o pedido #. Ele saiu ontem do nosso depósito.',
      'Você pode devolver o @ em até 30 dias.',
      'Posso ajudar. Qual é o número do pedido?',
      'Vou transferir a conversa para uma pessoa da equipe.',
    ],
    agent: [
      'Olá, o reembolso do pedido # foi feito agora.',
      'Obrigada por esperar. Um novo @ já está a caminho.',
    ],
  },
  {
    language: 'sv',
    names: ['Elsa', 'Åke', 'Astrid', 'Oskar', 'Örjan', 'Maja', 'Ärla', 'Hugo', 'Freja', 'Nils'],
    families: ['Andersson', 'Öberg', 'Lindström', 'Ström', 'Åkesson', 'Berg'],
    customer: [
      'Var är min beställning #? Den skulle ha kommit förra veckan.',
      'Jag vill ha återbetalning för #, min @ är trasig.',
      'Kan jag ändra leveransadressen för @?',
      'Jag har betalat två gånger för #.',
      'Hur säger jag upp min prenumeration?',
      'När kommer @ i lager igen?',
    ],
    ai: [
      'Jag hittade beställning #. Den lämnade lagret igår.',
      'Du kan lämna tillbaka @ inom 30 dagar.',
      'Jag lämnar över samtalet till en kollega.',
    ],
    agent: ['Hej, nu är # återbetald.', 'Tack för att du väntade. En ny @ är på väg.'],
  },
];

export const TAGS: readonly string[] = [
  'refund',
  'shipping',
  'invoice',
  'payment',
  'return',
  'defect',
  'address',
  'cancel',
  'subscription',
  'stock',
  'login',
  'password',
  'vip',
  'wholesale',
  'complaint',
  'praise',
  'bug',
  'feature',
  'size',
  'colour',
  'warranty',
  'gift',
  'coupon',
  'tax',
  'customs',
  'pickup',
  'partner',
  'press',
  'legal',
  'privacy',
  'spam',
  'follow-up',
  '환불',
  '배송',
  '교환',
  'devolução',
  'cobrança',
  'återbetalning',
  'leverans',
  'faktura',
]; // prettier-ignore

export const REASONS: readonly string[] = [
  'customer_asked',
  'no_answer_found',
  'refund_above_limit',
  'angry_customer',
  'policy',
  'tool_failed',
];

export const PAGES: readonly string[] = [
  '/',
  '/cart',
  '/orders',
  '/help/returns',
  '/products/aurora-13',
  '/pricing',
];
