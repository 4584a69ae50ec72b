def test_blank(db, amina):
    assert db.value("SELECT kind FROM community") == "pre"
    assert amina.member_id == 1
