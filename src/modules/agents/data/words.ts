/** Plain words for handles: ASCII, 3 to 8 letters, neutral in English and Spanish. */
export const HANDLE_WORDS: readonly string[] =
  `luna mercado norte brisa solar nube cobre canela papel tinta jazz delta prisma cactus mango limon
   coral lava onda pixel faro pluma roble trama mapa tango bruma cometa duna eco fauna flora
   gala indigo jade kiwi lienzo menta nomada oasis patio rio salsa tropico urbano violeta zafiro alba
   arena barro cielo domino estela fresco granito hilo isla jardin koala lino madera nuez ocre`.split(/\s+/u);
