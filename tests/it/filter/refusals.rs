//! What does not fit is refused, and what is said says what would be right.

use onemap::filter::{Expression, Kind};
use onemap::text::{Key, Lang};

use super::table::Fields;

fn fields() -> Fields {
    let mut fields = Fields::of(&[
        ("pb", Kind::Number),
        ("name", Kind::Text),
        ("opened", Kind::Date),
        ("seen", Kind::DateTime),
        ("listed", Kind::Boolean),
        ("geom", Kind::Geometry),
    ]);
    let codes = ["active", "closed", "remediated"].map(str::to_owned);
    fields
        .0
        .push(("status".to_owned(), Kind::Text, Some(codes.to_vec())));
    fields
}

#[test]
fn each_mistake_has_its_own_sentence() {
    for (filter, key) in [
        ("", Key::FilterEmpty),
        ("  ", Key::FilterEmpty),
        ("pd = 1", Key::FilterPropertyUnknownNear),
        ("colour = 1", Key::FilterPropertyUnknown),
        ("pb = 'x'", Key::FilterUnlike),
        ("pb = name", Key::FilterUnlike),
        ("opened = seen", Key::FilterUnlike),
        ("opened > '2024-01-01'", Key::FilterTimeAsText),
        (
            "opened BETWEEN '2024-01-01' AND '2024-02-01'",
            Key::FilterTimeAsText,
        ),
        ("opened = DATE('2024-02-30')", Key::FilterDayUnreadable),
        (
            "seen = TIMESTAMP('2024-02-03')",
            Key::FilterMomentUnreadable,
        ),
        ("seen = TIMESTAMP(seen)", Key::FilterInstant),
        ("status = 'remidiated'", Key::FilterCodeUnknownNear),
        ("'x' <> status", Key::FilterCodeUnknown),
        ("status NOT IN ('active', 'x')", Key::FilterCodeUnknown),
        ("pb = NULL", Key::FilterNull),
        ("listed", Key::FilterBooleanAlone),
        ("pb = 1 AND listed", Key::FilterBooleanAlone),
        ("pb", Key::FilterNoCondition),
        ("pb + 1", Key::FilterNoCondition),
        ("'x'", Key::FilterNoCondition),
        ("name + 1 = 2", Key::FilterOperandKind),
        ("pb LIKE '1%'", Key::FilterOperandKind),
        ("name LIKE name", Key::FilterLikePattern),
        ("CASEI(pb) = 'x'", Key::FilterOperandKind),
        ("(pb = 1) = TRUE", Key::FilterConditionCompared),
        ("geom = 1", Key::FilterGeometryCompared),
        ("S_INTERSECTS(name, POINT(1 2))", Key::FilterOperandKind),
        ("S_INTERSECTS(geom, 'POINT(1 2)')", Key::FilterOperand),
        ("S_INTERSECTS(geom)", Key::FilterArguments),
        (
            "S_INTERSECT(geom, POINT(1 2))",
            Key::FilterFunctionUnknownNear,
        ),
        ("BUFFER(geom, 3) = 1", Key::FilterFunctionUnknown),
        ("A_CONTAINS(name, ('a', 'b'))", Key::FilterNoLists),
        ("name = ('a', 'b')", Key::FilterListCompared),
        ("T_AFTER(name, DATE('2024-01-01'))", Key::FilterOperandKind),
        ("seen = INTERVAL('..', '..')", Key::FilterIntervalCompared),
        ("S_INTERSECTS(geom, POINT(90 180))", Key::FilterPlaceOutside),
        ("S_INTERSECTS(geom, POINT(1))", Key::FilterPosition),
        ("S_INTERSECTS(geom, POINT EMPTY)", Key::FilterWanted),
        (
            "S_INTERSECTS(geom, POINT(1 2, 3 4))",
            Key::FilterShapeNesting,
        ),
        ("S_INTERSECTS(geom, LINESTRING(1 2))", Key::FilterLineShort),
        (
            "S_INTERSECTS(geom, POLYGON((0 0, 1 0, 1 1, 0 1)))",
            Key::FilterRingOpen,
        ),
        ("S_INTERSECTS(geom, BBOX(1, 2, 3))", Key::FilterBoxShape),
        ("S_INTERSECTS(geom, BBOX(0, 9, 1, 2))", Key::FilterBoxOrder),
        ("pb = 1 name = 'x'", Key::FilterRest),
        ("pb = ", Key::FilterValueWantedEnd),
        ("pb = AND", Key::FilterValueWanted),
        ("pb NOT = 3", Key::FilterWanted),
        ("(pb = 1", Key::FilterWantedEnd),
        ("pb IN ()", Key::FilterValueWanted),
        ("name = 'x", Key::FilterQuoteOpen),
        ("pb # 1", Key::FilterCharacter),
        ("pb = 1e999", Key::FilterNumberTooLarge),
        ("{", Key::FilterJsonUnreadable),
        (
            r#"{"op":"=","args":[{"propertyy":"pb"},1]}"#,
            Key::FilterJsonStrange,
        ),
        (
            r#"{"op":"=","args":[{"property":"pb"}]}"#,
            Key::FilterArguments,
        ),
        (r#"{"op":"and","args":[true]}"#, Key::FilterArguments),
        (
            r#"{"op":"=","args":[{"property":"name"},"\\"]}"#,
            Key::FilterBackslash,
        ),
    ] {
        assert_eq!(fields().refused(filter), key, "{filter}");
    }
}

#[test]
fn a_sentence_names_the_property_and_what_would_be_right() {
    for (filter, zh, en) in [
        (
            "status = 'remidiated'",
            "status 是代码，'remidiated' 不在其代码表中；是否指 remediated？现有：active, closed, remediated",
            "status is a code, and 'remidiated' is none of its list; is remediated meant? There are: active, closed, remediated",
        ),
        (
            "opened > '2024-01-01'",
            "opened 的类型是 date，请写作 DATE('2024-01-01')",
            "opened is date, so write DATE('2024-01-01')",
        ),
        (
            "名 = 1 ) ",
            "第 7 个字符：一个完整的条件之后出现了 )；条件之间用 AND 或 OR 连接",
            "at character 7: ) follows a complete condition; conditions are joined by AND or OR",
        ),
        (
            "pb = name",
            "= 把 pb（number）与 name（text）相比；两者类型必须相同",
            "= compares pb (number) with name (text); both must be of one kind",
        ),
    ] {
        let fault = Expression::parse(filter, &fields()).unwrap_err();
        assert_eq!(fault.in_lang(Lang::Zh), zh);
        assert_eq!(fault.in_lang(Lang::En), en);
    }
}

#[test]
fn an_expression_says_what_it_looks_at_and_may_be_shared_between_threads() {
    fn shared<T: Send + Sync>(_: &T) {}
    let read = fields().read(
        "pb > 1 AND (status = 'active' OR pb < 0) AND S_INTERSECTS(geom, POINT(1 2)) \
         AND T_DURING(INTERVAL(opened, '..'), INTERVAL('2024-01-01', seen))",
    );
    shared(&read);
    assert_eq!(read.places(), [0, 2, 3, 6]);
    assert_eq!(
        read.properties(),
        ["pb", "status", "geom", "opened", "seen"]
    );
    assert!(read.asks_geometry());
    assert!(!fields().read("pb > 1").asks_geometry());
}

#[test]
fn there_is_one_way_to_write_an_expression() {
    let fields = fields();
    for (filter, written) in [
        ("not name like 'x%'", "name NOT LIKE 'x%'"),
        ("pb=1 and(pb=2 and pb=3)", "pb = 1 AND pb = 2 AND pb = 3"),
        ("(pb=1 or pb=2) and pb!=3", "(pb = 1 OR pb = 2) AND pb <> 3"),
        ("pb = ((1+2))*-3.50", "pb = (1 + 2) * -3.5"),
        ("pb = 1-(2-3)-4", "pb = 1 - (2 - 3) - 4"),
        ("pb = -2^2 div 3", "pb = -2 ^ 2 DIV 3"),
        ("-pb<1e20", "-1 * pb < 1e20"),
        (
            "name = 'it''s' or name = 'it\\'s'",
            "name = 'it''s' OR name = 'it''s'",
        ),
        (r"name = 'a\\'b'", r"name = 'a\\'b'"),
        ("s_within(geom, point(1 2))", "S_WITHIN(geom, POINT(1 2))"),
        (
            "t_metBy(opened, interval('2024-01-01','..'))",
            "T_METBY(opened, INTERVAL('2024-01-01', '..'))",
        ),
        (
            "seen = timestamp('2024-01-01T08:00:00+08:00')",
            "seen = TIMESTAMP('2024-01-01T00:00:00Z')",
        ),
        ("casei(name)=CaseI('X')", "CASEI(name) = CASEI('X')"),
        ("not (not (pb is not null))", "NOT (NOT (pb IS NOT NULL))"),
    ] {
        assert_eq!(fields.read(filter).to_string(), written, "{filter}");
        assert_eq!(fields.read(written).to_string(), written);
    }
    let odd = Fields::of(&[
        ("not", Kind::Number),
        ("a \"b", Kind::Number),
        ("Point", Kind::Number),
    ]);
    let read = odd.read(r#""not" = "a ""b" AND Point = 1"#);
    assert_eq!(read.to_string(), r#""not" = "a ""b" AND "Point" = 1"#);
    assert_eq!(odd.read(&read.to_string()), read);
}
