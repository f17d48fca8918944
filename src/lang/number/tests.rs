use super::*;

fn values(lang: &str, text: &str) -> Vec<f64> {
    let lang = Lang::new(lang).unwrap();
    let mut values: Vec<f64> = numbers(text, &lang).into_iter().map(|n| n.value).collect();
    // The languages differ in word order.
    values.sort_by(f64::total_cmp);
    values
}

fn exact(lang: &str, text: &str) -> Vec<f64> {
    let lang = Lang::new(lang).unwrap();
    numbers(text, &lang).into_iter().filter(Number::accuses).map(|n| n.value).collect()
}

#[test]
fn chinese_and_english_agree() {
    for (zh, en) in [
        ("770万篇论文", "7.7 million papers"),
        ("1百万参数", "1 million parameters"),
        ("三百万参会者", "3 million visitors"),
        ("8.5万项专利", "85,000 patents"),
        ("装机超过12亿千瓦", "more than 1.2 billion kilowatts"),
        ("1亿个原子", "100 million atoms"),
        ("1.2万亿元", "1.2 trillion yuan"),
        ("占98.5%", "98.5 percent of it"),
        ("百分之四十", "40%"),
        ("二十世纪五十年代", "the 1950s"),
        ("20世纪50年代", "in the 1950s"),
        ("2018年1月至2021年10月", "January 2018 to October 2021"),
        ("增长23.6倍", "a 23.6-fold growth"),
        ("236个领域", "236 fields"),
        ("１２３", "123"),
        ("2.5千", "2,500"),
        ("三年", "three years"),
        ("二十四个", "twenty-four of them"),
    ] {
        assert_eq!(values("zh", zh), values("en", en), "{zh} / {en}");
    }
}

#[test]
fn idioms_accuse_nobody() {
    for text in ["十分重要", "千万别忘", "万一失败", "一些", "数十年", "三年", "进一步"] {
        assert!(exact("zh", text).is_empty(), "{text}");
    }
    for text in ["one of them", "a second thought", "three years", "hundreds of fields", "GPT-3 and M6"] {
        assert!(exact("en", text).is_empty(), "{text}");
    }
}

#[test]
fn what_no_float_holds_is_no_number() {
    let nines = "9".repeat(400);
    for text in ["零分之零", "零分之一", "三又零分之零", nines.as_str(), "2e299亿亿亿", "10^299^299"] {
        for lang in ["zh", "en"] {
            assert!(values(lang, text).into_iter().all(f64::is_finite), "{text} in {lang}");
        }
    }
    assert_eq!(values("zh", "10⁹⁹⁹⁹⁹⁹⁹⁹⁹⁹⁹⁹"), [10.0]);
}

#[test]
fn places_are_those_of_the_number() {
    let lang = Lang::new("zh").unwrap();
    let text = "共有770万篇";
    let found = numbers(text, &lang);
    assert_eq!(&text[found[0].range.clone()], "770万");
}

fn read(lang: &str, text: &str) -> Vec<(f64, Kind, Option<&'static str>)> {
    let lang = Lang::new(lang).unwrap();
    numbers(text, &lang).into_iter().map(|n| (n.value, n.kind, n.unit)).collect()
}

#[test]
fn kinds_and_units_are_read_alike() {
    use Kind::{Cardinal, Century, Day, Decade, Fraction, Month, Multiple, Ordinal, Percent, Version, Year};
    for (zh, en, expected) in [
        ("装机12亿千瓦", "1.2 billion kW installed", vec![(1.2e9, Cardinal, Some("kW"))]),
        ("3.4个月", "3.4 months", vec![(3.4, Cardinal, Some("month"))]),
        ("¥300", "¥300", vec![(300.0, Cardinal, Some("CNY"))]),
        ("20美元", "$20", vec![(20.0, Cardinal, Some("USD"))]),
        ("20公里", "20 km", vec![(20.0, Cardinal, Some("km"))]),
        ("23.6倍", "23.6x", vec![(23.6, Multiple, None)]),
        ("翻了一番", "doubled", vec![(2.0, Multiple, None)]),
        ("98.5%", "98.5 per cent", vec![(98.5, Percent, None)]),
        ("三分之二", "two thirds", vec![(2.0 / 3.0, Fraction, None)]),
        ("第三", "third", vec![(3.0, Ordinal, None)]),
        ("第21", "21st", vec![(21.0, Ordinal, None)]),
        ("2021年", "2021", vec![(2021.0, Year, None)]),
        ("10月3日", "October 3", vec![(10.0, Month, None), (3.0, Day, None)]),
        ("上世纪50年代", "the 1950s", vec![(1950.0, Decade, None)]),
        ("21世纪", "21st century", vec![(21.0, Century, None)]),
        ("版本3.4.1", "version 3.4.1", vec![(3.004_001, Version, None)]),
        ("5个百分点", "5 percentage points", vec![(5.0, Percent, Some("pp"))]),
        ("三个半月", "three and a half months", vec![(3.5, Cardinal, Some("month"))]),
        ("1.3×10^6", "1.3×10⁶", vec![(1.3e6, Cardinal, None)]),
    ] {
        assert_eq!(read("zh", zh), expected, "{zh}");
        assert_eq!(read("en", en), expected, "{en}");
    }
}

#[test]
fn a_range_shares_what_its_second_end_says() {
    let lang = Lang::new("en").unwrap();
    let found = numbers("grew 5–20% a year", &lang);
    assert!(found.iter().all(|n| n.in_range && n.kind == Kind::Percent), "{found:?}");
    let lang = Lang::new("zh").unwrap();
    let found = numbers("3—5年", &lang);
    assert!(found.iter().all(|n| n.in_range && n.unit == Some("year")), "{found:?}");
}

#[test]
fn a_half_is_fifty_percent_but_two_is_not_two_hundred() {
    let number = |lang: &str, text: &str| numbers(text, &Lang::new(lang).unwrap()).remove(0);
    assert!(number("zh", "三分之一").same_value(&number("en", "a third")));
    assert!(number("zh", "百分之五十").same_value(&number("en", "half of them")));
    assert!(!number("zh", "200%").same_value(&number("en", "2 of them")));
}

#[test]
fn what_the_words_say_more_than_the_figure_is_the_normal_form() {
    for (tag, text, value, normal) in [
        ("zh", "增长了两倍", 2.0, Some(3.0)),
        ("zh", "增长到原来的两倍", 2.0, Some(2.0)),
        ("zh", "增长 2 倍", 2.0, None),
        ("zh", "增长了一倍", 2.0, Some(2.0)),
        ("zh", "打八五折", 85.0, Some(0.85)),
        ("zh", "91 年入学", 91.0, Some(1991.0)),
        ("zh", "91 年间", 91.0, None),
        ("zh", "下午 3 点", 3.0, Some(15.0)),
        ("zh", "凌晨 12 点", 12.0, Some(0.0)),
        ("en", "tripled", 3.0, Some(3.0)),
        ("en", "3 times the size", 3.0, Some(3.0)),
        ("en", "grew 3 times", 3.0, None),
        ("en", "30% off", 30.0, Some(0.7)),
        ("en", "class of ’91", 91.0, Some(1991.0)),
        ("en", "at 3 p.m.", 3.0, Some(15.0)),
        ("en", "12 am", 12.0, Some(0.0)),
    ] {
        let found = numbers(text, &Lang::new(tag).unwrap());
        assert_eq!((found[0].value, found[0].normal), (value, normal), "{text}");
    }
}

#[test]
fn words_imply_numbers() {
    for (tag, text, expected) in [
        ("zh", "三四岁", vec![3.0, 4.0]),
        ("zh", "七八十人", vec![70.0, 80.0]),
        ("zh", "二三十万", vec![200_000.0, 300_000.0]),
        ("zh", "九一年", vec![1991.0, 9.0, 1.0]),
        ("zh", "“十四五”期间", vec![14.0]),
        ("zh", "双面打印", vec![2.0]),
        ("zh", "五双鞋", vec![]),
        ("zh", "每五个孩子里有一个", vec![0.2]),
        ("zh", "7B 模型", vec![7.0, 7e9]),
        ("zh", "千分之五", vec![5.0]),
        ("en", "one child in five", vec![0.2]),
        ("en", "a dual core", vec![2.0]),
        ("en", "a 3D model", vec![3.0]),
        ("en", "24/7", vec![24.0, 7.0]),
        ("en", "an hour later", vec![1.0]),
        ("en", "a third defeat", vec![3.0]),
        ("en", "a third of them", vec![]),
    ] {
        let found: Vec<f64> = hints(text, &Lang::new(tag).unwrap()).into_iter().map(|hint| hint.value).collect();
        assert_eq!(found, expected, "{text}");
    }
}

/// Whether a text has a number that the other has not, as far as reading tells.
fn has_more(own: &str, other: &str) -> bool {
    let read = |text: &str| {
        let lang = Lang::new(if text.is_ascii() || !text.contains('。') { "en" } else { "zh" }).unwrap();
        (numbers(text, &lang), hints(text, &lang))
    };
    let ((ours, implied), (theirs, hints)) = (read(own), read(other));
    let agree = |a: &Number, b: &Number| a.same_value(b) || a.converts_to(b);
    let covered = |number: &Number| {
        let around = |hint: &&Number| hint.range.start <= number.range.start && number.range.end <= hint.range.end;
        implied.iter().filter(around).any(|hint| theirs.iter().any(|other| agree(hint, other)))
    };
    let counted = |number: &&Number| number.accuses() || number.kind == Kind::Multiple;
    let alone = |number: &Number| !theirs.iter().chain(&hints).any(|other| agree(number, other)) && !covered(number);
    let other_unit =
        |a: &Number, b: &Number| a.same_value(b) && a.unit.is_some() && b.unit.is_some() && a.unit != b.unit;
    ours.iter().filter(counted).any(alone) || ours.iter().any(|a| theirs.iter().any(|b| other_unit(a, b)))
}

#[test]
fn pairs_of_short_texts_read_alike_or_differ_as_they_should() {
    let pairs = include_str!("../../../tests/values/pairs.tsv").lines().filter(|line| !line.starts_with('#'));
    for line in pairs {
        let [expected, zh, en] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
        assert_eq!(has_more(zh, en) || has_more(en, zh), expected != "ok", "{line}");
    }
}

mod laws {
    use proptest::prelude::*;

    use super::*;

    const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    const FORMAL: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];

    /// Below ten thousand, as Chinese writes it.
    fn section(value: u64, digits: &[char; 10], scales: [&str; 4]) -> String {
        let mut out = String::new();
        for (at, scale) in scales.iter().enumerate() {
            let place = 10u64.pow(3 - u32::try_from(at).unwrap());
            let digit = value / place % 10;
            if digit > 0 {
                out.push(digits[usize::try_from(digit).unwrap()]);
                out += scale;
            } else if !out.is_empty() && !value.is_multiple_of(place) && !out.ends_with('零') {
                out.push('零');
            }
        }
        out
    }

    fn chinese(value: u64, digits: &[char; 10], scales: [&str; 4]) -> String {
        let mut out = String::new();
        let mut gap = false;
        for (at, name) in [(100_000_000u64, "亿"), (10_000, "万"), (1, "")] {
            let part = value / at % 10_000;
            if part == 0 {
                gap = !out.is_empty();
                continue;
            }
            if !out.is_empty() && (gap || part < 1000) {
                out.push('零');
            }
            out += &section(part, digits, scales);
            out += name;
            gap = false;
        }
        out
    }

    fn grouped(value: u64) -> String {
        let text = value.to_string();
        let mut out = String::new();
        for (at, digit) in text.chars().enumerate() {
            if at > 0 && (text.len() - at).is_multiple_of(3) {
                out.push(',');
            }
            out.push(digit);
        }
        out
    }

    fn english(value: u64) -> String {
        const SMALL: [&str; 20] = [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ];
        const TENS: [&str; 10] = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
        let small = |value: u64| SMALL[usize::try_from(value).unwrap()];
        for (scale, name) in [(1_000_000_000, "billion"), (1_000_000, "million"), (1000, "thousand"), (100, "hundred")]
        {
            if value >= scale {
                let rest = value % scale;
                let and = if scale == 100 { " and " } else { " " };
                let head = format!("{} {name}", english(value / scale));
                return if rest == 0 { head } else { head + and + &english(rest) };
            }
        }
        match (value / 10, value % 10) {
            (0 | 1, _) => small(value).to_owned(),
            (tens, 0) => TENS[usize::try_from(tens).unwrap()].to_owned(),
            (tens, ones) => format!("{}-{}", TENS[usize::try_from(tens).unwrap()], small(ones)),
        }
    }

    proptest! {
        #[test]
        fn every_way_to_write_a_number_is_read_back(value in 1u64..999_999_999_999) {
            let full: String = value.to_string().chars().map(|c| char::from_u32(c as u32 + 0xfee0).unwrap()).collect();
            let myriads = format!("{}亿{}万{}", value / 100_000_000, value / 10_000 % 10_000, value % 10_000);
            let chinese = [
                chinese(value, &DIGITS, ["千", "百", "十", ""]),
                chinese(value, &FORMAL, ["仟", "佰", "拾", ""]).replace('万', "萬"),
                value.to_string(),
                grouped(value),
                full,
                if value >= 100_000_000 && value / 10_000 % 10_000 >= 1000 && value % 10_000 >= 1000 { myriads } else { value.to_string() },
            ];
            let english = [english(value), value.to_string(), grouped(value)];
            for (lang, texts) in [("zh", &chinese[..]), ("en", &english[..])] {
                let lang = Lang::new(lang).unwrap();
                for text in texts {
                    let found = numbers(text, &lang);
                    if value < 11 && found.is_empty() && text.chars().count() == 1 {
                        continue;
                    }
                    prop_assert_eq!(found.len(), 1, "{}: {:?}", text, found);
                    prop_assert_eq!(found[0].value, value as f64, "{}", text);
                    prop_assert_eq!(&found[0].range, &(0..text.len()), "{}", text);
                }
            }
        }

        #[test]
        fn scaled_decimals_agree(tenths in 10u32..9999) {
            let (zh, en) = (Lang::new("zh").unwrap(), Lang::new("en").unwrap());
            let value = f64::from(tenths) / 10.0;
            for (a, b) in [
                (format!("{value}亿"), format!("{} million", f64::from(tenths) * 10.0)),
                (format!("{value}万亿"), format!("{value} trillion")),
                (format!("{value}%"), format!("{value} percent")),
                (format!("{value}万"), format!("{}", u64::from(tenths) * 1000)),
            ] {
                let (x, y) = (numbers(&a, &zh), numbers(&b, &en));
                prop_assert!(x.len() == 1 && y.len() == 1 && x[0].same_value(&y[0]) && x[0].accuses(), "{a} {b} {x:?} {y:?}");
            }
        }

        #[test]
        fn any_text_is_read_in_order(text in "[一二三十百千万亿零点半分之年月日第成折0-9０-９.,，%％/^e x×a-d的 -]{0,24}|(one|two|twenty|hundred|million|and|a|half|third|thirds|point|minus|in|over|of|-| |7|12|%){0,12}") {
            for lang in ["zh", "en"] {
                let found = numbers(&text, &Lang::new(lang).unwrap());
                let mut end = 0;
                for number in found {
                    prop_assert!(number.range.start >= end && number.range.end > number.range.start);
                    prop_assert!(text.get(number.range.clone()).is_some());
                    end = number.range.end;
                }
            }
        }
    }
}
