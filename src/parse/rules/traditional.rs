//! Traditional characters in a text of simplified ones, as a keyboard or a copied line brings them: `登計`.
//!
//! Only characters that no simplified text has are told, and only where the text itself is in simplified ones: a tag that says nothing of
//! the script may be of either. Quoted words and names between marks may be in the other.

use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::model::body::{Body, Inline};
use crate::model::locale::Locale;
use crate::model::walk::{each_inline, each_run};
use crate::script::is_han;

/// Traditional characters, each before the simplified one.
const PAIRS: &str = "\
    個个們们來来時时會会過过還还這这對对說说話话請请讀读語语證证護护號号碼码電电辦办計计記记訊讯點点經经發发現现問问間间關关開开門门\
    國国為为無无樣样當当錢钱銀银帳帐賬账務务網网線线機机車车長长東东見见親亲學学實实寫写應应處处種种給给結结統统級级約约紅红紙纸終终\
    組组細细總总繼继續续維维聯联聽听職职腦脑與与舊旧裝装複复規规視视覺觉訂订訴诉評评詢询試试該该詳详認认誰谁調调談谈論论識识譯译變变\
    讓让費费資资質质購购貴贵買买賣卖負负財财貨货責责賠赔輸输轉转輕轻較较載载進进遠远運运達达適适選选遺遗邊边郵邮醫医錄录錯错鎖锁鐘钟\
    鍵键鏈链閉闭閱阅陳陈陽阳隊队階阶際际隨随險险雖虽雙双難难離离雲云靜静頁页項项順顺須须預预領领頭头題题額额願愿類类顯显風风飛飞飯饭\
    館馆馬马驗验體体齊齐齡龄龍龙沒没別别剛刚創创動动勞劳區区協协單单嚴严圖图團团場场報报壓压壞坏夠够婦妇專专將将屬属幣币帶带幾几廣广\
    庫库張张強强從从復复態态慣惯憑凭戰战戲戏擇择擔担據据擴扩攜携數数斷断書书條条極极構构標标檢检權权歡欢歲岁歷历殘残殺杀決决況况溫温\
    滿满漢汉潔洁濟济災灾熱热營营獎奖獨独獲获環环產产畫画異异盡尽監监盤盘確确禮礼稱称積积簡简簽签糧粮糾纠純纯絕绝後后裡里準准臺台";

/// So many simplified characters to one traditional make a text one in simplified ones.
const SHARE: usize = 10;

/// What quoted words stand between.
const QUOTES: [(char, char); 4] = [('“', '”'), ('「', '」'), ('『', '』'), ('《', '》')];

/// A traditional character, and where.
struct Found {
    right: char,
    wrong: char,
    place: Span,
}

/// Reports them in a text of a locale.
pub fn check(body: &Body, locale: &Locale, sink: &mut Diagnostics) {
    if !locale.is_chinese()
        || locale.tag.split('-').any(|part| ["hant", "tw", "hk", "mo"].iter().any(|it| part.eq_ignore_ascii_case(it)))
    {
        return;
    }
    let traditional = Table::new(false);
    let mut found = Vec::new();
    each_text(body, &mut |text, place| traditional.search(text, place, &mut found));
    if found.is_empty() {
        return;
    }
    let (simplified, mut own) = (Table::new(true), Vec::new());
    each_text(body, &mut |text, place| simplified.search(text, place, &mut own));
    if own.len() < SHARE * found.len() {
        return;
    }
    for Found { right, wrong, place } in found {
        let headline = format!("{wrong} is a traditional character, and this text is in simplified ones");
        let help = format!("write its simplified form, {right}, or the character that was meant");
        sink.push(Diagnostic::new(Code::WrongLanguage, place, headline).help(help));
    }
}

/// Calls `visit` for the words of a text, but for those to say.
fn each_text(body: &Body, visit: &mut impl FnMut(&str, Span)) {
    each_run(&body.blocks, &mut |run| {
        each_inline(run, &mut |inline| {
            if let Inline::Text { text, span } = inline
                && !body.spoken.iter().any(|it| it.place.start <= span.start && span.end <= it.place.end)
            {
                visit(text, *span);
            }
        });
    });
}

/// One half of the pairs, in order, each with the other.
struct Table(Vec<(char, char)>);

impl Table {
    fn new(simplified: bool) -> Self {
        let all: Vec<char> = PAIRS.chars().collect();
        let mut pairs: Vec<(char, char)> =
            all.chunks_exact(2).map(|pair| if simplified { (pair[1], pair[0]) } else { (pair[0], pair[1]) }).collect();
        pairs.sort_unstable();
        Self(pairs)
    }

    /// Those in a text that stand in no quotation.
    fn search(&self, text: &str, place: Span, found: &mut Vec<Found>) {
        let mut quote = None;
        for (at, c) in text.char_indices() {
            if quote.is_some() {
                quote = quote.filter(|close| *close != c);
                continue;
            }
            let is_closed = |close: &char| text[at..].contains(*close);
            quote = QUOTES.iter().find(|(open, _)| *open == c).map(|(_, close)| *close).filter(is_closed);
            if is_han(c)
                && let Ok(ix) = self.0.binary_search_by_key(&c, |(known, _)| *known)
            {
                let place = super::part(place, text, at..at + c.len_utf8());
                found.push(Found { right: self.0[ix].1, wrong: c, place });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::PAIRS;
    use std::collections::BTreeSet;

    #[test]
    fn no_character_is_both_and_none_stands_twice() {
        let all: Vec<char> = PAIRS.chars().collect();
        let traditional: BTreeSet<char> = all.iter().copied().step_by(2).collect();
        let simplified: BTreeSet<char> = all.iter().copied().skip(1).step_by(2).collect();
        assert_eq!(traditional.len() * 2, all.len());
        assert!(traditional.is_disjoint(&simplified));
    }
}
