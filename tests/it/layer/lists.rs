//! Faults of code lists and sensitivity lists.

use super::folder::Spoilt;

/// Each case puts one text in place of another in a good folder.
pub(super) const CASES: &[Spoilt] = &[
    Spoilt(
        "layers/codes/site-status.csv",
        "code,zh,en,parent",
        "code,name,en,parent",
    ),
    Spoilt(
        "layers/codes/site-status.csv",
        "code,zh,en,parent",
        "code;zh;en;parent",
    ),
    Spoilt(
        "layers/codes/site-status.csv",
        "code,zh,en,parent",
        "code,zh,en,en",
    ),
    Spoilt(
        "layers/codes/site-status.csv",
        "closed,关闭,Closed,open",
        "closed,关闭,,open",
    ),
    Spoilt(
        "layers/codes/site-status.csv",
        "closed,关闭,Closed,open",
        ",关闭,Closed,open",
    ),
    Spoilt(
        "layers/codes/site-status.csv",
        "closed,关闭,Closed,open",
        "open,关闭,Closed,",
    ),
    Spoilt(
        "layers/codes/site-status.csv",
        "closed,关闭,Closed,open",
        "closed,关闭,Closed,opened",
    ),
    Spoilt(
        "layers/codes/site-status.csv",
        "closed,关闭,Closed,open",
        "closed,关闭,Closed, and gone,open",
    ),
    Spoilt(
        "layers/codes/site-status.csv",
        "closed,关闭,Closed,open",
        r#"closed,"关闭,Closed,open
x,y,z,"#,
    ),
    Spoilt(
        "layers/codes/site-status.csv",
        "closed,关闭,Closed,open",
        "1月2日,关闭,Closed,",
    ),
    Spoilt(
        "layers/codes/site-status.csv",
        "closed,关闭,Closed,open",
        "1.1E+08,关闭,Closed,",
    ),
    Spoilt(
        "layers/codes/site-status.csv",
        r"open,在产,Working,
closed,关闭,Closed,open
",
        "",
    ),
    Spoilt(
        "layers/codes/orchid-sensitivity.csv",
        "taxon,life_stage,months,grid",
        "taxon,months,grid",
    ),
    Spoilt(
        "layers/codes/orchid-sensitivity.csv",
        "Orchis a,,,0.1",
        "Orchis a,,,0.5",
    ),
    Spoilt(
        "layers/codes/orchid-sensitivity.csv",
        "Orchis a,,,0.1",
        ",,,0.1",
    ),
    Spoilt(
        "layers/codes/orchid-sensitivity.csv",
        "Orchis a,,4-7,withheld",
        "Orchis a,,4-17,withheld",
    ),
    Spoilt(
        "layers/codes/orchid-sensitivity.csv",
        "Orchis a,,4-7,withheld",
        "Orchis a,,4月7日,withheld",
    ),
    Spoilt(
        "layers/codes/orchid-sensitivity.csv",
        "Orchis b,,,0.01",
        "Orchis a,,,0.01",
    ),
    Spoilt(
        "layers/codes/orchid-sensitivity.csv",
        r"Orchis a,,4-7,withheld
Orchis a,,,0.1
Orchis b,,,0.01
",
        "",
    ),
    Spoilt("layers/codes/ydyh-2023.csv", "own derivation", "guessed"),
    Spoilt("layers/codes/crosswalk.csv", "system,code", "system,use"),
    Spoilt(
        "layers/codes/crosswalk.csv",
        "ydyh-2023,07,",
        "ydyh-2020,07,",
    ),
    Spoilt("layers/codes/crosswalk.csv", "ydyh-2023,07,", ",07,"),
    Spoilt(
        "layers/codes/crosswalk.csv",
        "ydyh-2023,07,",
        "../codes,07,",
    ),
    Spoilt(
        "layers/codes/crosswalk.csv",
        "ydyh-2023,0701,",
        "ydyh-2023,0702,",
    ),
    Spoilt(
        "layers/codes/crosswalk.csv",
        "ydyh-2023,0701,",
        "ydyh-2023,X,",
    ),
    Spoilt(
        "layers/codes/crosswalk.csv",
        "ydyh-2023,0701,",
        "ydyh-2023,07,",
    ),
    Spoilt(
        "layers/codes/crosswalk.csv",
        "ydyh-2023,10,no",
        "ydyh-2023,10,perhaps",
    ),
    Spoilt("layers/codes/crosswalk.csv", "II,own", "3,own"),
    Spoilt("layers/codes/crosswalk.csv", "II,own derivation", "II,"),
    Spoilt(
        "layers/codes/ydyh-2023.csv",
        "07,居住用地,Residential,,",
        "07,居住用地,Residential,,\n09,商业服务业用地,Commercial,,",
    ),
];
