//! Whether an answer is right: no fault, and every `Result` that it has is true. It looks at names and texts only and lets any prefix
//! pass, since each server writes its XML in its own way.

/// What is wrong with the text of an answer whose status was 200.
pub fn check(body: &[u8]) -> Result<(), String> {
    let text = std::str::from_utf8(body).map_err(|_| "the answer is not UTF-8".to_owned())?;
    for tag in text.split('<').skip(1) {
        let (inside, after) = tag.split_once('>').unwrap_or((tag, ""));
        let name = inside.split([' ', '\t', '\r', '\n', '/']).next().unwrap_or_default();
        match name.rsplit_once(':').map_or(name, |(_, local)| local) {
            "Fault" => return Err(format!("a fault: {}", shortened(text))),
            "Result" if after.trim() != "true" && after.trim() != "1" => return Err(format!("no success: {}", shortened(text))),
            _ => {}
        }
    }
    Ok(())
}

/// As much of an answer as helps to see what happened.
pub fn shortened(text: &str) -> String {
    text.chars().take(600).collect()
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn a_true_result_is_right_with_and_without_a_prefix() {
        assert_eq!(check(b"<a><Result>true</Result></a>"), Ok(()));
        assert_eq!(check(b"<t:a xmlns:t='u'><t:Result>true</t:Result></t:a>"), Ok(()));
        assert_eq!(check(b"<a><Result xsi:type=\"xsd:boolean\"> 1 </Result></a>"), Ok(()));
    }

    #[test]
    fn an_answer_without_a_result_is_right() {
        assert_eq!(check(b"<a><ResultCode>0</ResultCode></a>"), Ok(()));
        assert_eq!(check(b""), Ok(()));
    }

    #[test]
    fn a_false_or_empty_result_is_wrong() {
        assert!(check(b"<a><Result>false</Result></a>").is_err());
        assert!(check(b"<a><t:Result/></a>").is_err());
    }

    #[test]
    fn a_fault_is_wrong_and_told() {
        let problem = check(b"<s:Envelope><s:Body><s:Fault><faultstring>why</faultstring></s:Fault></s:Body></s:Envelope>");
        assert!(problem.unwrap_err().contains("why"));
    }
}
