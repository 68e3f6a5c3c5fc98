/* Tamil, which PrimeFaces does not come with: what its components that we use say by themselves. */
if (window.PrimeFaces) {
  PrimeFaces.locales.ta = $.extend(true, {}, PrimeFaces.locales.en_US, {
    accept: 'ஆம்',
    cancel: 'விடு',
    choose: 'தேர்ந்தெடு',
    emptyMessage: 'எதுவும் இல்லை',
    reject: 'இல்லை',
    unexpectedError: 'எதிர்பாராத பிழை',
    aria: {
      close: 'மூடு',
      firstPageLabel: 'முதல் பக்கம்',
      lastPageLabel: 'கடைசிப் பக்கம்',
      navigation: 'வழிசெலுத்தல்',
      next: 'அடுத்து',
      nextPageLabel: 'அடுத்த பக்கம்',
      pageLabel: 'பக்கம் {page}',
      prevPageLabel: 'முந்தைய பக்கம்',
      previous: 'முந்தையது',
    },
  });
}
