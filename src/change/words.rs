//! Words of scaffolds, in the language of the file they stand in: what somebody still has to write. Each bears [`MARK`], by which it is
//! known to be no text for readers.

use crate::parse::rules::TO_BE_WRITTEN as MARK;

/// What is to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    Title,
    Summary,
    Opening,
    Step,
    Item,
    Name,
    Label,
    Ask,
    Text,
}

/// By language, in the order of [`Wanted`].
const WORDS: &[(&str, [&str; 9])] = &[
    (
        "en",
        [
            "title",
            "one sentence on what this is for",
            "when this helps, and what to have at hand",
            "what this step is",
            "one action, verb first",
            "name",
            "what this fact says",
            "what a reader can ask instead",
            "text",
        ],
    ),
    (
        "zh",
        [
            "标题",
            "用一句话说明有什么用",
            "什么时候用得上，手边要有什么",
            "这一步做什么",
            "一个动作，动词开头",
            "名称",
            "这条事实说的是什么",
            "读者可以改问什么",
            "文字",
        ],
    ),
    (
        "ur",
        [
            "عنوان",
            "ایک جملہ کہ یہ کس کام آتا ہے",
            "یہ کب کام آتا ہے اور کیا پاس ہونا چاہیے",
            "اس مرحلے میں کیا کرنا ہے",
            "ایک ہی کام لکھیں",
            "نام",
            "یہ معلومات کیا بتاتی ہے",
            "پڑھنے والا اس کی جگہ کیا پوچھے",
            "متن",
        ],
    ),
    (
        "ar",
        [
            "العنوان",
            "جملة واحدة عن الغرض",
            "متى يفيد هذا وما يلزم إحضاره",
            "ما هذه الخطوة",
            "فعل واحد",
            "الاسم",
            "ما تقوله هذه المعلومة",
            "ما يمكن للقارئ أن يسأل عنه",
            "النص",
        ],
    ),
    (
        "fa",
        [
            "عنوان",
            "یک جمله دربارهٔ کاربرد آن",
            "چه زمانی به کار می‌آید و چه چیزی باید همراه داشت",
            "این گام چیست",
            "یک کار",
            "نام",
            "این داده چه می‌گوید",
            "خواننده به جای آن چه بپرسد",
            "متن",
        ],
    ),
    (
        "de",
        [
            "Titel",
            "in einem Satz, wozu das dient",
            "wann das hilft und was man bereithält",
            "worum es in diesem Schritt geht",
            "eine Handlung, mit dem Verb",
            "Name",
            "was diese Angabe sagt",
            "was man stattdessen fragen kann",
            "Text",
        ],
    ),
    (
        "fr",
        [
            "titre",
            "en une phrase, à quoi cela sert",
            "quand cela aide, et ce qu'il faut avoir sous la main",
            "ce qu'est cette étape",
            "une seule action, le verbe d'abord",
            "nom",
            "ce que dit cette donnée",
            "ce que l'on peut demander à la place",
            "texte",
        ],
    ),
    (
        "es",
        [
            "título",
            "en una frase, para qué sirve",
            "cuándo ayuda y qué conviene tener a mano",
            "qué es este paso",
            "una sola acción, con el verbo primero",
            "nombre",
            "qué dice este dato",
            "qué se puede preguntar en su lugar",
            "texto",
        ],
    ),
    (
        "pt",
        [
            "título",
            "numa frase, para que serve",
            "quando ajuda e o que ter à mão",
            "o que é este passo",
            "uma só ação, com o verbo primeiro",
            "nome",
            "o que diz este dado",
            "o que se pode perguntar em vez disso",
            "texto",
        ],
    ),
    (
        "tr",
        [
            "başlık",
            "tek cümleyle ne işe yarar",
            "ne zaman yardımcı olur ve elde ne bulunmalı",
            "bu adım nedir",
            "tek bir eylem",
            "ad",
            "bu bilgi ne söyler",
            "okur bunun yerine ne sorabilir",
            "metin",
        ],
    ),
    (
        "hi",
        [
            "शीर्षक",
            "एक वाक्य में यह किस काम का है",
            "यह कब काम आता है और क्या पास रखें",
            "यह कदम क्या है",
            "एक ही काम",
            "नाम",
            "यह जानकारी क्या बताती है",
            "पाठक इसकी जगह क्या पूछे",
            "पाठ",
        ],
    ),
    (
        "id",
        [
            "judul",
            "satu kalimat tentang kegunaannya",
            "kapan ini membantu dan apa yang perlu disiapkan",
            "apa langkah ini",
            "satu tindakan, kata kerja lebih dulu",
            "nama",
            "apa isi fakta ini",
            "apa yang bisa ditanyakan pembaca",
            "teks",
        ],
    ),
];

/// What is to be written, in the language of a tag; in English where we have no words in it.
pub fn wanted(tag: &str, what: Wanted) -> String {
    let language = tag.split('-').next().unwrap_or_default();
    let words = WORDS.iter().find(|(known, _)| *known == language).or(WORDS.first());
    let words = words.map_or("", |(_, words)| words[what as usize]);
    // Chinese puts no space between its characters and Latin letters.
    if language == "zh" { format!("{MARK}{words}") } else { format!("{MARK} {words}") }
}
