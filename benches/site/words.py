"""The words of made-up guides, by locale. Nothing here names a real company, and no text holds a digit: figures are facts.

Each locale has nouns `N` and sentences with places for them: `{n}`, `{m}` for nouns, `{v}` for a fact, `{link}` for a link to
another guide. Sentences by what they speak of: `S` plain, `money`, `time`, `phone`, `code`, `share`, `link`; `H` headings,
`I` items, `T` titles. Words are chosen by number, modulo the length of a list, so locales may have lists of any length.
"""

ARABIC_SCRIPT = ("ur", "ar", "fa")

MONEY, TIME, PHONE, CODE, SHARE, MAIL, SITE, PAPERS, WORDS = "money", "duration", "phone", "ussd", "percentage", "email", "url", "documents", "text"

# A carrier's facts in order: id, kind, risk. `unknown`, `conflict` and `ended` say what is odd about the readings.
FACTS = [
    ("helpline", PHONE, "high", ""), ("closing-charge", MONEY, "high", ""), ("waiting-time", TIME, "high", ""),
    ("replacement-charge", MONEY, "medium", "ended"), ("reply-time", TIME, "medium", ""), ("balance-code", CODE, "medium", ""),
    ("refund-share", SHARE, "medium", ""), ("transfer-fee", MONEY, "low", ""), ("notice-period", TIME, "medium", ""),
    ("helpline-abroad", PHONE, "medium", ""), ("papers", PAPERS, "high", ""), ("deposit", MONEY, "low", "conflict"),
    ("email", MAIL, "low", ""), ("terms", SITE, "low", ""), ("opening-hours", WORDS, "low", ""), ("chinese-counter", WORDS, "low", "unknown"),
]
NATIONAL = [("min-age", TIME, "high", ""), ("fine", MONEY, "medium", ""), ("regulator-line", PHONE, "medium", "")]

BRANDS = {
    "en": ["Aster", "Birch", "Cedar", "Dune", "Ember", "Fern", "Garnet", "Harbour", "Iris", "Juniper", "Kestrel", "Larch", "Maple", "Nimbus", "Opal", "Poplar", "Quartz", "Rowan", "Sable", "Tern"],
    "zh": ["紫菀", "白桦", "雪松", "沙丘", "余烬", "蕨叶", "石榴", "港湾", "鸢尾", "杜松", "红隼", "落叶", "枫叶", "云雨", "蛋白石", "白杨", "石英", "花楸", "貂皮", "燕鸥"],
    "ur": ["ایسٹر", "برچ", "سیڈر", "ڈیون", "ایمبر", "فرن", "گارنٹ", "ہاربر", "آئرس", "جونیپر", "کیسٹرل", "لارچ", "میپل", "نمبس", "اوپل", "پوپلر", "کوارٹز", "روون", "سیبل", "ٹرن"],
}
KINDS_OF_BRAND = {"en": [" Mobile", " Telecom", " Net", " Cell"], "zh": ["移动", "电信", "通信", "无线"], "ur": [" موبائل", " ٹیلی کام", " نیٹ", " سیل"]}

LABELS = {
    "en": ["Helpline", "Charge for closing", "Wait until it takes effect", "Charge for a new card", "Time until a reply", "Code for the balance", "Share of the credit paid back", "Fee for a transfer",
           "Notice to give", "Helpline from abroad", "Papers to bring", "Deposit", "Email address", "Terms of use", "Opening hours", "Whether there is a Chinese counter",
           "Shortest age of a SIM", "Fine for a false statement", "The regulator's line"],
    "zh": ["客服热线", "注销费用", "生效前的等待时间", "补卡费用", "答复所需时间", "查余额代码", "余额退还比例", "转账手续费", "提前通知期", "境外客服热线", "要带的证件", "押金", "电子邮箱", "使用条款", "营业时间", "有没有中文柜台",
           "SIM卡最短使用时间", "虚假陈述的罚款", "监管机构热线"],
    "ur": ["ہیلپ لائن", "بندش کے چارجز", "مؤثر ہونے تک کا انتظار", "نئے کارڈ کے چارجز", "جواب آنے کا وقت", "بیلنس کا کوڈ", "واپس ملنے والا حصہ", "منتقلی کی فیس", "پیشگی اطلاع", "بیرونِ ملک سے ہیلپ لائن", "ساتھ لانے کے کاغذات", "زرِ ضمانت",
           "ای میل", "استعمال کی شرائط", "اوقاتِ کار", "کیا چینی کاؤنٹر ہے", "سم کی کم سے کم عمر", "غلط بیان پر جرمانہ", "ریگولیٹر کی لائن"],
}

UI = {
    "en": dict(site="Guides for closing a number", about="Made-up guides with made-up facts, for measuring how fast a site is built.", contents="On this page", facts="Facts on this page", guides="Guides", carriers="Operators",
               skip="Skip to the text", languages="Language", here="You are here", home="Home", checked="Checked", note="Note", warning="Warning", foot="Nothing here is true.", card="At the counter",
               fact="Fact", value="Value", source="Source", steps="In order", hours="on working days", ask="Ask at the counter."),
    "zh": dict(site="号码注销指南", about="为测量建站速度而编写的虚构指南，事实也是虚构的。", contents="本页内容", facts="本页的事实", guides="指南", carriers="运营商", skip="跳到正文", languages="语言", here="当前位置", home="首页", checked="核对于",
               note="注意", warning="警告", foot="本站内容均为虚构。", card="给柜台看", fact="事实", value="数值", source="出处", steps="按顺序", hours="工作日全天", ask="请在柜台问清。"),
    "ur": dict(site="نمبر بند کرنے کی رہنمائی", about="یہ فرضی رہنما اور فرضی حقائق صرف رفتار ناپنے کے لیے ہیں۔", contents="اس صفحے پر", facts="اس صفحے کے حقائق", guides="رہنما", carriers="آپریٹر", skip="متن پر جائیں", languages="زبان", here="آپ یہاں ہیں",
               home="سرِورق", checked="جانچ", note="نوٹ", warning="خبردار", foot="یہاں کچھ بھی سچ نہیں۔", card="کاؤنٹر پر", fact="حقیقت", value="قدر", source="ماخذ", steps="ترتیب سے", hours="کام کے دنوں میں", ask="کاؤنٹر پر پوچھ لیں۔"),
}

SITUATIONS = {
    "wallet": {"en": "A wallet is on the number", "zh": "号码上开了钱包", "ur": "نمبر پر والٹ بنا ہوا ہے"},
    "abroad": {"en": "I am abroad", "zh": "我在国外", "ur": "میں بیرونِ ملک ہوں"},
    "lost": {"en": "The card is lost", "zh": "卡丢了", "ur": "کارڈ گم ہو گیا ہے"},
}

LOCALES = {
    "en": dict(name="English", tag="en", formats="en-GB", join=" ",
        N="account|receipt|passport|identity card|signed form|photocopy|reference number|contract|invoice|number plate|address slip|voucher|battery seal|letter|stamp|queue ticket|wallet|password|backup|message|old handset|new handset|bank card|statement|appointment|translation|permit|visa page|photograph|parcel".split("|"),
        S=["Ask about the {n} before you travel, because the answer decides what else you will need.", "Keep the {n} until the {m} has arrived and you have looked at it once more.",
           "The person at the counter may want to see the {n}, so take it along even if nobody asked for it.", "A missing {n} can usually be handed in later; a wrong {n} often means starting again from the beginning.",
           "If the {n} and the {m} do not agree, say so at once and ask which of them counts.", "Write down who told you about the {n}, and on which day.",
           "Nothing has to happen today: put the {n} beside the {m} and go through the list slowly.", "Some branches take a copy of the {n} and give the {m} back, others keep both until the request is closed.",
           "When the {n} is in another name, bring the {m} of that person as well as your own.", "Do not hand over the {n} to anyone who calls you; go to the counter or call back yourself.",
           "Photograph the {n} on both sides before you send it, and send it so that you can follow it.", "You may be asked to sign a page about the {n}; read it to the end, and ask what the words mean.",
           "People who lost the {n} were told different things, so expect to explain it twice.", "A friend may bring the {n} for you in some places, but only together with the {m}."],
        money=["The charge is {v}, and it is paid before anything is signed.", "Have {v} ready, in notes if possible, and ask for a receipt with the {n}."], time=["It takes {v} until the {n} is confirmed.", "Wait {v}, then ask again and name the {n}."],
        phone=["Call {v} and have the {n} at hand."], code=["Dial {v} to see what is left, and write it beside the {n}."], share=["Of what is left, {v} is paid back once the {n} was checked."],
        link=["The rest is in {link}.", "Before this step, read {link}."],
        H=["What about the {n}?", "Prepare the {n}", "Hand in the {n}", "If the {n} is refused", "Check the {n} afterwards", "Keep the {n} safe", "When the {n} is missing", "The {n} and the {m}"],
        I=["Put the {n} where you will find it", "Ask whether the {n} is enough", "Show the {n} at the counter", "Copy the {n} and keep the copy", "Write down what was said about the {n}", "Take the {n} home again", "Compare the {n} with the {m}"],
        T=["Close a number with the {n}", "Replace the {n}", "Move the {n} to another number", "Get the {n} back", "Change the name on the {n}", "Prove the {n} is yours", "Cancel the {n}", "Ask for the {n} from abroad"]),
    "zh": dict(name="中文", tag="zh-Hans", formats="zh-Hans", join="",
        N="账户|收据|护照|身份证|签好的表格|复印件|受理编号|合同|账单|地址条|代金券|信件|印章|排队号|钱包|密码|备份|短信|旧手机|新手机|银行卡|对账单|预约单|译文|许可证|签证页|照片|包裹|委托书|声明".split("|"),
        S=["出发前先问清{n}的要求，对方的答复决定您还要准备什么。", "在{m}寄到并且再核对一遍之前，请把{n}留好。", "柜台的人可能要看{n}，即使没有人提起，也请随身带着。", "缺少{n}一般可以事后补交；交错了{n}，往往要从头再来。",
           "如果{n}和{m}对不上，请当场说明，问清以哪一份为准。", "请记下是谁告诉您{n}的要求、是哪一天说的。", "今天不必全部办完：把{n}放在{m}旁边，照着清单慢慢来。", "有的网点只留{n}的副本，{m}当场退还；有的网点两样都留到办结为止。",
           "{n}登记在别人名下时，除了您自己的，还要带上那个人的{m}。", "不要把{n}交给任何打电话来的人；请自己去柜台，或者自己拨回去。", "寄出{n}之前正反两面都拍照，并选择可以查询的寄送方式。", "可能会请您在关于{n}的文件上签字；请读到最后，不懂的地方当场问。",
           "丢过{n}的人得到的说法各不相同，请准备好解释两遍。", "有些地方允许朋友代交{n}，但必须和{m}一起交。"],
        money=["费用是{v}，签字之前付清。", "请备好{v}，最好是现金，并索要写有{n}的收据。"], time=["{n}得到确认需要{v}。", "请等待{v}，然后再问一次，并说明是{n}。"], phone=["请拨打{v}，手边备好{n}。"], code=["拨{v}可以看到余额，请记在{n}旁边。"], share=["核对{n}之后，余额中的{v}会退还。"],
        link=["其余的步骤见{link}。", "做这一步之前，请先读{link}。"],
        H=["{n}怎么办？", "准备{n}", "交上{n}", "{n}被拒收时", "事后核对{n}", "保管好{n}", "没有{n}的时候", "{n}与{m}"],
        I=["把{n}放在找得到的地方", "问清只有{n}够不够", "在柜台出示{n}", "复印{n}并留好副本", "记下关于{n}的答复", "把{n}带回家", "把{n}和{m}对照一遍"],
        T=["凭{n}注销号码", "更换{n}", "把{n}转到别的号码", "取回{n}", "更改{n}上的姓名", "证明{n}是您的", "取消{n}", "从国外申请{n}"]),
    "ur": dict(name="اردو", tag="ur", formats="ur", join=" ",
        N="اکاؤنٹ|رسید|پاسپورٹ|شناختی کارڈ|دستخط شدہ فارم|فوٹو کاپی|حوالہ نمبر|معاہدہ|بل|پتے کی پرچی|واؤچر|خط|مہر|قطار کا ٹکٹ|والٹ|پاس ورڈ|بیک اپ|پیغام|پرانا فون|نیا فون|بینک کارڈ|گوشوارہ|ملاقات کا وقت|ترجمہ|اجازت نامہ|ویزے کا صفحہ|تصویر|پارسل|مختار نامہ|بیان".split("|"),
        S=["سفر سے پہلے {n} کے بارے میں پوچھ لیں، کیونکہ جواب سے طے ہوتا ہے کہ اور کیا چاہیے۔", "جب تک {m} نہ آ جائے اور آپ اسے دوبارہ نہ دیکھ لیں، {n} سنبھال کر رکھیں۔", "کاؤنٹر پر {n} مانگا جا سکتا ہے، اس لیے بغیر کہے بھی ساتھ لے جائیں۔",
           "{n} بعد میں بھی جمع ہو سکتا ہے؛ غلط {n} ہو تو اکثر سارا کام نئے سرے سے ہوتا ہے۔", "اگر {n} اور {m} آپس میں نہ ملیں تو فوراً بتائیں اور پوچھیں کہ کون سا مانا جائے گا۔", "لکھ لیں کہ {n} کے بارے میں کس نے اور کس دن بتایا۔",
           "آج سب کچھ کرنا ضروری نہیں: {n} کو {m} کے ساتھ رکھیں اور فہرست آرام سے دیکھیں۔", "بعض مراکز {n} کی نقل رکھ کر {m} واپس کر دیتے ہیں، بعض کام مکمل ہونے تک دونوں رکھتے ہیں۔", "اگر {n} کسی اور کے نام پر ہو تو اپنے ساتھ اس کا {m} بھی لائیں۔",
           "جو خود فون کرے اسے {n} ہرگز نہ دیں؛ کاؤنٹر پر جائیں یا خود فون ملائیں۔", "بھیجنے سے پہلے {n} کی دونوں طرف سے تصویر لیں، اور ایسی ڈاک سے بھیجیں جس کا پتا چل سکے۔", "{n} کے بارے میں کسی کاغذ پر دستخط مانگے جا سکتے ہیں؛ آخر تک پڑھیں اور مطلب پوچھیں۔",
           "جن کا {n} گم ہوا انہیں مختلف باتیں بتائی گئیں، اس لیے دو بار سمجھانے کو تیار رہیں۔", "بعض جگہ دوست آپ کا {n} لا سکتا ہے، مگر صرف {m} کے ساتھ۔"],
        money=["چارجز {v} ہیں، جو دستخط سے پہلے ادا ہوتے ہیں۔", "{v} تیار رکھیں، ہو سکے تو نقد، اور {n} والی رسید مانگیں۔"], time=["{n} کی تصدیق میں {v} لگتے ہیں۔", "{v} انتظار کریں، پھر {n} بتا کر دوبارہ پوچھیں۔"], phone=["{v} پر کال کریں اور {n} پاس رکھیں۔"],
        code=["باقی رقم دیکھنے کے لیے {v} ملائیں اور {n} کے ساتھ لکھ لیں۔"], share=["{n} کی جانچ کے بعد باقی رقم میں سے {v} واپس ملتا ہے۔"], link=["باقی باتیں {link} میں ہیں۔", "اس مرحلے سے پہلے {link} پڑھیں۔"],
        H=["{n} کا کیا کریں؟", "{n} کی تیاری", "{n} جمع کرائیں", "اگر {n} قبول نہ ہو", "بعد میں {n} کی جانچ", "{n} سنبھال کر رکھیں", "جب {n} نہ ہو", "{n} اور {m}"],
        I=["{n} ایسی جگہ رکھیں جہاں مل جائے", "پوچھیں کہ صرف {n} کافی ہے یا نہیں", "کاؤنٹر پر {n} دکھائیں", "{n} کی نقل بنا کر رکھیں", "{n} کے بارے میں جواب لکھ لیں", "{n} گھر واپس لائیں", "{n} اور {m} کا موازنہ کریں"],
        T=["{n} کے ساتھ نمبر بند کرنا", "{n} تبدیل کرنا", "{n} دوسرے نمبر پر منتقل کرنا", "{n} واپس لینا", "{n} پر نام بدلنا", "ثابت کرنا کہ {n} آپ کا ہے", "{n} منسوخ کرنا", "بیرونِ ملک سے {n} کی درخواست"]),
}


def shorter(name, nouns, sentences, charge, wait, call, link, headings, items, titles, tag=None):
    """A locale with fewer words: enough to measure with."""
    return dict(name=name, tag=tag, formats=tag, join=" ", N=nouns.split("|"), S=sentences.split("|"), money=[charge], time=[wait], phone=[call], code=[call], share=[charge], link=[link],
                H=headings.split("|"), I=items.split("|"), T=titles.split("|"))


LOCALES |= {
    "ar": shorter("العربية", "الحساب|الإيصال|جواز السفر|بطاقة الهوية|النموذج|العقد|الفاتورة|الرسالة|الختم|المحفظة|كلمة المرور|الهاتف القديم|الصورة|الترجمة",
        "اسأل عن {n} قبل السفر، لأن الجواب يحدد ما ستحتاج إليه أيضًا.|احتفظ بما يخص {n} حتى يصل {m} وتنظر فيه مرة أخرى.|قد يطلب الموظف رؤية {n}، فخذه معك وإن لم يذكره أحد.|إذا اختلف {n} عن {m} فقل ذلك فورًا واسأل أيهما المعتمد.|اكتب من أخبرك عن {n} وفي أي يوم.|لا تسلّم {n} لمن يتصل بك؛ اذهب إلى المكتب بنفسك.",
        "الرسوم {v} وتُدفع قبل التوقيع.", "يستغرق ذلك {v} ثم اسأل عن {n}.", "اتصل بالرقم {v} ومعك {n}.", "البقية في {link}.", "ماذا عن {n}؟|تحضير {n}|تسليم {n}|إذا رُفض {n}|التحقق من {n}", "ضع {n} في مكان تجده فيه|اسأل هل يكفي {n}|اعرض {n} على الموظف|انسخ {n} واحتفظ بالنسخة", "إغلاق الرقم مع {n}|استبدال {n}|نقل {n}|استعادة {n}|إلغاء {n}"),
    "fa": shorter("فارسی", "حساب|رسید|گذرنامه|کارت شناسایی|فرم|قرارداد|صورتحساب|نامه|مهر|کیف پول|رمز|گوشی قدیمی|عکس|ترجمه",
        "پیش از سفر دربارهٔ {n} بپرسید، چون پاسخ روشن می‌کند دیگر چه لازم است.|تا رسیدن {m} و نگاه دوباره به آن، {n} را نگه دارید.|شاید کارمند بخواهد {n} را ببیند، پس آن را همراه ببرید.|اگر {n} با {m} نمی‌خواند، همان‌جا بگویید و بپرسید کدام معتبر است.|بنویسید چه کسی و چه روزی دربارهٔ {n} گفت.|کسی که خودش زنگ می‌زند نباید {n} را بگیرد؛ خودتان بروید.",
        "هزینه {v} است و پیش از امضا پرداخت می‌شود.", "این کار {v} طول می‌کشد، سپس دربارهٔ {n} بپرسید.", "با {v} تماس بگیرید و {n} را آماده کنید.", "بقیه در {link} است.", "با {n} چه کنیم؟|آماده کردن {n}|تحویل {n}|اگر {n} پذیرفته نشد|بررسی {n}", "بگذارید {n} دم دست باشد|بپرسید {n} کافی است یا نه|در دفتر {n} را نشان دهید|از {n} کپی بگیرید", "بستن شماره با {n}|تعویض {n}|انتقال {n}|پس گرفتن {n}|لغو {n}"),
    "de": shorter("Deutsch", "Konto|Quittung|Reisepass|Ausweis|Formular|Vertrag|Rechnung|Brief|Stempel|Geldbörse|Passwort|Altgerät|Foto|Übersetzung",
        "Fragen Sie vor der Reise nach: {n}. Die Antwort entscheidet, was Sie sonst noch brauchen.|Bewahren Sie alles auf, bis etwas Neues da ist: {n} und {m}.|Am Schalter wird vielleicht danach gefragt, also nehmen Sie es mit: {n}.|Wenn {n} und {m} nicht übereinstimmen, sagen Sie es sofort und fragen Sie, was gilt.|Schreiben Sie auf, wer Ihnen wann etwas gesagt hat zu: {n}.|Geben Sie nichts an Anrufer weiter, auch nicht: {n}.",
        "Die Gebühr beträgt {v} und wird vor der Unterschrift bezahlt.", "Es dauert {v}, danach fragen Sie noch einmal nach: {n}.", "Rufen Sie {v} an und halten Sie bereit: {n}.", "Das Übrige steht in {link}.", "Was ist damit: {n}?|Vorbereiten: {n}|Abgeben: {n}|Wenn abgelehnt wird: {n}|Danach prüfen: {n}", "Bereitlegen: {n}|Fragen, ob das reicht: {n}|Am Schalter zeigen: {n}|Kopieren und behalten: {n}", "Nummer kündigen: {n}|Ersetzen: {n}|Umziehen: {n}|Zurückbekommen: {n}|Abmelden: {n}"),
    "fr": shorter("français", "compte|reçu|passeport|carte d’identité|formulaire|contrat|facture|courrier|tampon|portefeuille|mot de passe|ancien téléphone|photo|traduction",
        "Renseignez-vous avant le voyage sur ceci : {n}. La réponse décide de ce qu’il faut en plus.|Gardez tout jusqu’à l’arrivée du nouveau document : {n} et {m}.|Au guichet, on peut demander à voir ceci, emportez-le donc : {n}.|Si {n} et {m} ne concordent pas, dites-le tout de suite et demandez lequel compte.|Notez qui vous a parlé de ceci, et quel jour : {n}.|Ne remettez rien à une personne qui vous appelle, pas même ceci : {n}.",
        "Les frais sont de {v}, à payer avant la signature.", "Il faut compter {v}, puis redemander : {n}.", "Appelez {v} et préparez ceci : {n}.", "Le reste se trouve dans {link}.", "Et pour ceci : {n} ?|Préparer : {n}|Remettre : {n}|En cas de refus : {n}|Vérifier ensuite : {n}", "Mettre de côté : {n}|Demander si cela suffit : {n}|Montrer au guichet : {n}|Copier et garder : {n}", "Résilier un numéro : {n}|Remplacer : {n}|Transférer : {n}|Récupérer : {n}|Annuler : {n}"),
    "es": shorter("español", "cuenta|recibo|pasaporte|documento de identidad|formulario|contrato|factura|carta|sello|monedero|contraseña|teléfono antiguo|foto|traducción",
        "Pregunte antes del viaje por esto: {n}. La respuesta decide qué más hace falta.|Guarde todo hasta que llegue lo nuevo: {n} y {m}.|En el mostrador pueden pedirlo, así que llévelo: {n}.|Si {n} y {m} no coinciden, dígalo enseguida y pregunte cuál vale.|Anote quién le habló de esto y qué día: {n}.|No entregue nada a quien le llame, tampoco esto: {n}.",
        "El cargo es de {v} y se paga antes de firmar.", "Tarda {v}; después vuelva a preguntar por esto: {n}.", "Llame al {v} y tenga a mano esto: {n}.", "Lo demás está en {link}.", "¿Y esto?: {n}|Preparar: {n}|Entregar: {n}|Si lo rechazan: {n}|Comprobar después: {n}", "Dejar a mano: {n}|Preguntar si basta: {n}|Mostrar en el mostrador: {n}|Copiar y guardar: {n}", "Dar de baja un número: {n}|Sustituir: {n}|Trasladar: {n}|Recuperar: {n}|Cancelar: {n}"),
    "pt": shorter("português", "conta|recibo|passaporte|documento de identidade|formulário|contrato|fatura|carta|carimbo|carteira|senha|telefone antigo|foto|tradução",
        "Pergunte antes da viagem sobre isto: {n}. A resposta decide o que mais é preciso.|Guarde tudo até chegar o novo: {n} e {m}.|No balcão podem pedir, por isso leve: {n}.|Se {n} e {m} não coincidem, diga logo e pergunte qual vale.|Anote quem falou disto e em que dia: {n}.|Não entregue nada a quem lhe telefona, nem isto: {n}.",
        "A taxa é de {v} e paga-se antes de assinar.", "Demora {v}; depois pergunte outra vez por isto: {n}.", "Ligue para {v} e tenha à mão isto: {n}.", "O resto está em {link}.", "E isto?: {n}|Preparar: {n}|Entregar: {n}|Se for recusado: {n}|Verificar depois: {n}", "Deixar à mão: {n}|Perguntar se basta: {n}|Mostrar no balcão: {n}|Copiar e guardar: {n}", "Encerrar um número: {n}|Substituir: {n}|Transferir: {n}|Recuperar: {n}|Cancelar: {n}"),
    "tr": shorter("Türkçe", "hesap|makbuz|pasaport|kimlik kartı|form|sözleşme|fatura|mektup|mühür|cüzdan|parola|eski telefon|fotoğraf|çeviri",
        "Yola çıkmadan önce şunu sorun: {n}. Yanıt, başka neyin gerektiğini belirler.|Yenisi gelene kadar hepsini saklayın: {n} ve {m}.|Gişede görmek isteyebilirler, yanınıza alın: {n}.|{n} ile {m} birbirini tutmuyorsa hemen söyleyin ve hangisinin geçerli olduğunu sorun.|Bunu kimin, hangi gün söylediğini yazın: {n}.|Sizi arayan kimseye bir şey vermeyin, bunu da: {n}.",
        "Ücret {v} olup imzadan önce ödenir.", "Bu {v} sürer; sonra yeniden sorun: {n}.", "{v} numarasını arayın, yanınızda olsun: {n}.", "Gerisi {link} içinde.", "Bu ne olacak: {n}?|Hazırlamak: {n}|Teslim etmek: {n}|Kabul edilmezse: {n}|Sonra bakmak: {n}", "El altında tutun: {n}|Yeterli mi diye sorun: {n}|Gişede gösterin: {n}|Kopyalayıp saklayın: {n}", "Hattı kapatmak: {n}|Yenilemek: {n}|Taşımak: {n}|Geri almak: {n}|İptal etmek: {n}"),
    "hi": shorter("हिन्दी", "खाता|रसीद|पासपोर्ट|पहचान पत्र|फ़ॉर्म|अनुबंध|बिल|पत्र|मुहर|वॉलेट|पासवर्ड|पुराना फ़ोन|तस्वीर|अनुवाद",
        "यात्रा से पहले {n} के बारे में पूछ लें, क्योंकि उत्तर से तय होता है कि और क्या चाहिए।|जब तक {m} न आ जाए, {n} सँभाल कर रखें।|काउंटर पर {n} माँगा जा सकता है, इसलिए साथ ले जाएँ।|अगर {n} और {m} मेल न खाएँ तो तुरंत बताएँ और पूछें कि कौन सा मान्य है।|लिख लें कि {n} के बारे में किसने और किस दिन बताया।|जो ख़ुद फ़ोन करे उसे {n} न दें; ख़ुद काउंटर पर जाएँ।",
        "शुल्क {v} है और हस्ताक्षर से पहले दिया जाता है।", "इसमें {v} लगते हैं, फिर {n} के बारे में दोबारा पूछें।", "{v} पर फ़ोन करें और {n} पास रखें।", "बाक़ी {link} में है।", "{n} का क्या करें?|{n} की तैयारी|{n} जमा करें|अगर {n} न माना जाए|बाद में {n} की जाँच", "{n} पास में रखें|पूछें कि {n} काफ़ी है या नहीं|काउंटर पर {n} दिखाएँ|{n} की नक़ल रखें", "{n} के साथ नंबर बंद करना|{n} बदलना|{n} दूसरी जगह ले जाना|{n} वापस पाना|{n} रद्द करना"),
    "id": shorter("Bahasa Indonesia", "rekening|kuitansi|paspor|kartu identitas|formulir|kontrak|tagihan|surat|stempel|dompet|kata sandi|ponsel lama|foto|terjemahan",
        "Tanyakan soal {n} sebelum berangkat, karena jawabannya menentukan apa lagi yang perlu.|Simpan {n} sampai {m} tiba dan sudah Anda periksa lagi.|Petugas mungkin ingin melihat {n}, jadi bawalah walau tidak diminta.|Jika {n} dan {m} tidak cocok, katakan segera dan tanyakan mana yang berlaku.|Catat siapa yang bicara soal {n} dan pada hari apa.|Jangan serahkan {n} kepada orang yang menelepon; datanglah sendiri.",
        "Biayanya {v} dan dibayar sebelum tanda tangan.", "Perlu {v}, lalu tanyakan lagi soal {n}.", "Telepon {v} dan siapkan {n}.", "Selebihnya ada di {link}.", "Bagaimana dengan {n}?|Siapkan {n}|Serahkan {n}|Jika {n} ditolak|Periksa {n} sesudahnya", "Taruh {n} di tempat yang mudah|Tanya apakah {n} cukup|Tunjukkan {n} di loket|Salin {n} dan simpan", "Menutup nomor dengan {n}|Mengganti {n}|Memindahkan {n}|Mendapatkan kembali {n}|Membatalkan {n}"),
}
for ident, locale in LOCALES.items():
    locale["tag"] = locale["tag"] or ident
    locale["formats"] = locale["formats"] or ident
    locale["dir"] = "rtl" if ident in ARABIC_SCRIPT else "ltr"


def near(locale, words, key):
    """The words of a locale; where it has none, others of its script: Urdu for Arabic letters, a noun of its own for Devanagari."""
    if locale not in words and locale == "hi":
        return LOCALES[locale]["N"][sum(map(ord, key)) % len(LOCALES[locale]["N"])]
    return words[locale if locale in words else "ur" if locale in ARABIC_SCRIPT else "en"]


def ui(locale, key):
    return near(locale, {name: words[key] for name, words in UI.items()}, key)


def label(locale, at):
    """What a fact is called: in locales with few words, by a noun."""
    return LABELS[locale][at] if locale in LABELS else LOCALES[locale]["N"][at % len(LOCALES[locale]["N"])]


def brand(locale, at):
    kind = locale if locale in BRANDS else "en"
    names, kinds = BRANDS[kind], KINDS_OF_BRAND[kind]
    return names[at % len(names)] + kinds[at // len(names) % len(kinds)]


def situation(locale, ident):
    return near(locale, SITUATIONS[ident], ident)
